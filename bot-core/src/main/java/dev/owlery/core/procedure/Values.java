package dev.owlery.core.procedure;

import dev.owlery.api.procedure.Value;
import dev.owlery.core.procedure.Mapping.Mismatch;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** Values of objects whose class is only known when they come. */
final class Values {

  /** Deeper ones no network carries; and a list may hold itself. */
  static final int DEEPEST = 32;

  private Values() {}

  /**
   * Makes a value of any object of the types that procedures carry.
   *
   * @throws IllegalArgumentException if it is of another type
   */
  static Value of(Object object) {
    return of(object, 0);
  }

  private static Value of(Object object, int depth) {
    if (depth > DEEPEST) {
      throw new IllegalArgumentException("it is nested more than " + DEEPEST + " deep");
    }
    return switch (object) {
      case Value value -> value;
      case Integer number -> new Value.Whole(number);
      case Long number -> whole(number);
      case Boolean yes -> new Value.Truth(yes);
      case Double number -> new Value.Real(number);
      case String text -> new Value.Text(text);
      case LocalDateTime time -> new Value.Time(time);
      case byte[] bytes -> new Value.Binary(bytes);
      case Enum<?> constant -> new Value.Text(constant.name());
      case Optional<?> maybe -> maybe.isPresent() ? of(maybe.get(), depth) : Value.NIL;
      case List<?> list -> new Value.Row(list.stream().map(each -> of(each, depth + 1)).toList());
      case Map<?, ?> map -> struct(map, depth);
      case Record record -> Mappings.of(record.getClass()).write(record);
      default -> throw uncarried(object.getClass().getName());
    };
  }

  private static Value struct(Map<?, ?> map, int depth) {
    SequencedMap<String, Value> members = new LinkedHashMap<>();
    map.forEach((name, value) -> {
      if (!(name instanceof String text)) {
        throw new IllegalArgumentException("the keys of a map must be texts");
      }
      members.put(text, of(value, depth + 1));
    });
    return new Value.Struct(members);
  }

  static Value.Whole whole(long number) {
    if (number != (int) number) {
      throw new IllegalArgumentException(number + " is beyond the range of int");
    }
    return new Value.Whole((int) number);
  }

  static IllegalArgumentException uncarried(String type) {
    return new IllegalArgumentException("procedures cannot carry a " + type);
  }

  static String text(Value value) {
    if (value instanceof Value.Text(String text)) {
      return text;
    }
    throw Mismatch.of("a text", value);
  }

  static int number(Value value) {
    if (value instanceof Value.Whole(int number)) {
      return number;
    }
    throw Mismatch.of("a whole number", value);
  }

  /** What sort of value it is, for a person. */
  static String describe(Value value) {
    return switch (value) {
      case Value.Whole _ -> "a whole number";
      case Value.Truth _ -> "true or false";
      case Value.Text _ -> "a text";
      case Value.Real _ -> "a real number";
      case Value.Time _ -> "a time";
      case Value.Binary _ -> "bytes";
      case Value.Row _ -> "an array";
      case Value.Struct _ -> "a struct";
      case Value.Nil _ -> "nil";
    };
  }
}
