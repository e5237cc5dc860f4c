package dev.owlery.core.procedure;

import dev.owlery.api.procedure.Value;
import dev.owlery.core.procedure.Mapping.Mismatch;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds the mapping of a Java type. Keeps nothing afterwards: types may belong to plugins, which
 * come and go.
 */
final class Mappings {

  private final Map<Type, Mapping> known = new HashMap<>();

  private Mappings() {}

  /**
   * The mapping of a type.
   *
   * @throws IllegalArgumentException if procedures cannot carry it; the text names it
   */
  static Mapping of(Type type) {
    return new Mappings().find(type);
  }

  Mapping find(Type type) {
    Mapping there = known.get(type);
    if (there != null) {
      return there;
    }
    Later later = new Later();
    known.put(type, later); // a record may hold a list of itself
    Mapping made = make(type);
    later.is(made);
    known.put(type, made);
    return made;
  }

  private Mapping make(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      if (generic.getRawType() == List.class) {
        return new Rows(find(arguments[0]));
      } else if (generic.getRawType() == Optional.class) {
        return new Maybe(find(arguments[0]));
      } else if (generic.getRawType() == Map.class && arguments[0] == String.class) {
        return new Structs(find(arguments[1]));
      }
    } else if (type instanceof Class<?> plain) {
      if (plain.isRecord()) {
        return RecordMapping.of(plain.asSubclass(Record.class), this);
      } else if (plain.isEnum()) {
        return constants(plain);
      }
      return simple(plain);
    }
    throw Values.uncarried(type.getTypeName());
  }

  private static Mapping simple(Class<?> type) {
    if (type == int.class || type == Integer.class) {
      return new Simple(Values::number, object -> new Value.Whole((Integer) object));
    } else if (type == long.class || type == Long.class) {
      return new Simple(
          value -> (long) Values.number(value), object -> Values.whole((Long) object));
    } else if (type == boolean.class || type == Boolean.class) {
      return new Simple(Mappings::truth, object -> new Value.Truth((Boolean) object));
    } else if (type == double.class || type == Double.class) {
      return new Simple(Mappings::real, object -> new Value.Real((Double) object));
    } else if (type == String.class) {
      return new Simple(Values::text, object -> new Value.Text((String) object));
    } else if (type == LocalDateTime.class) {
      return new Simple(Mappings::time, object -> new Value.Time((LocalDateTime) object));
    } else if (type == byte[].class) {
      return new Simple(Mappings::bytes, object -> new Value.Binary((byte[]) object));
    } else if (type == Value.class) {
      return new Simple(value -> value, object -> (Value) object);
    }
    throw Values.uncarried(type.getName());
  }

  private static Mapping constants(Class<?> type) {
    Map<String, Object> byName = new LinkedHashMap<>();
    for (Object constant : type.getEnumConstants()) {
      byName.put(((Enum<?>) constant).name(), constant);
    }
    String all = String.join(", ", byName.keySet());
    return new Simple(
        value ->
            Optional.ofNullable(byName.get(Values.text(value)))
                .orElseThrow(() -> new Mismatch("it must be one of " + all)),
        object -> new Value.Text(((Enum<?>) object).name()));
  }

  private static Object truth(Value value) {
    if (value instanceof Value.Truth(boolean yes)) {
      return yes;
    }
    throw Mismatch.of("true or false", value);
  }

  /** Many programs write a real number without a fraction as a whole one. */
  private static Object real(Value value) {
    return switch (value) {
      case Value.Real(double number) -> number;
      case Value.Whole(int number) -> (double) number;
      default -> throw Mismatch.of("a real number", value);
    };
  }

  private static Object time(Value value) {
    if (value instanceof Value.Time(LocalDateTime time)) {
      return time;
    }
    throw Mismatch.of("a time", value);
  }

  private static Object bytes(Value value) {
    if (value instanceof Value.Binary binary) {
      return binary.bytes();
    }
    throw Mismatch.of("bytes", value);
  }

  private record Simple(Function<Value, Object> reader, Function<Object, Value> writer)
      implements Mapping {
    @Override
    public Object read(Value value) {
      return reader.apply(value);
    }

    @Override
    public Value write(Object object) {
      return writer.apply(object);
    }
  }

  private record Rows(Mapping element) implements Mapping {
    @Override
    public Object read(Value value) {
      if (!(value instanceof Value.Row(List<Value> values))) {
        throw Mismatch.of("an array", value);
      }
      List<Object> objects = new ArrayList<>(values.size());
      for (Value each : values) {
        try {
          objects.add(element.read(each));
        } catch (Mismatch e) {
          throw e.in("element " + (objects.size() + 1));
        }
      }
      return Collections.unmodifiableList(objects);
    }

    @Override
    public Value write(Object object) {
      return new Value.Row(((List<?>) object).stream().map(element::write).toList());
    }
  }

  private record Structs(Mapping member) implements Mapping {
    @Override
    public Object read(Value value) {
      if (!(value instanceof Value.Struct(var members))) {
        throw Mismatch.of("a struct", value);
      }
      Map<String, Object> objects = new LinkedHashMap<>();
      members.forEach((name, each) -> {
        try {
          objects.put(name, member.read(each));
        } catch (Mismatch e) {
          throw e.in("member " + name);
        }
      });
      return Collections.unmodifiableMap(objects);
    }

    @Override
    public Value write(Object object) {
      Map<String, Value> members = new LinkedHashMap<>();
      ((Map<?, ?>) object).forEach((name, each) -> members.put((String) name, member.write(each)));
      return Value.Struct.of(members);
    }
  }

  private record Maybe(Mapping there) implements Mapping {
    @Override
    public Object read(Value value) {
      return value instanceof Value.Nil ? Optional.empty() : Optional.of(there.read(value));
    }

    @Override
    public Value write(Object object) {
      return ((Optional<?>) object).map(there::write).orElse(Value.NIL);
    }

    @Override
    public Object absent(String name) {
      return Optional.empty();
    }

    @Override
    public boolean isAbsence(Object object) {
      return ((Optional<?>) object).isEmpty();
    }
  }

  /** Stands for a mapping while it is being made. */
  private static final class Later implements Mapping {
    private Optional<Mapping> mapping = Optional.empty();

    void is(Mapping made) {
      mapping = Optional.of(made);
    }

    @Override
    public Object read(Value value) {
      return mapping.orElseThrow().read(value);
    }

    @Override
    public Value write(Object object) {
      return mapping.orElseThrow().write(object);
    }

    @Override
    public Object absent(String name) {
      return mapping.orElseThrow().absent(name);
    }

    @Override
    public boolean isAbsence(Object object) {
      return mapping.orElseThrow().isAbsence(object);
    }
  }

  /** The mappings of a method's parameters. */
  static List<Mapping> ofAll(Type... types) {
    Mappings mappings = new Mappings();
    return Arrays.stream(types).map(mappings::find).toList();
  }
}
