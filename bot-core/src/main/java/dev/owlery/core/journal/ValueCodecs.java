package dev.owlery.core.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds out how types look in JSON: records as objects, records of one component as that component,
 * one of a sealed family as an object with its simple name in {@code type}, empty things left out.
 * For any thread.
 */
final class ValueCodecs {

  private final Map<Type, ValueCodec> known = new ConcurrentHashMap<>();

  /** The shape of a type. */
  ValueCodec of(Type type) {
    ValueCodec shape = known.get(type);
    if (shape == null) {
      shape = make(type); // not under the map's lock: making one asks for others
      known.put(type, shape);
    }
    return shape;
  }

  private ValueCodec make(Type type) {
    if (type instanceof ParameterizedType generic) {
      return generic(generic);
    }
    Class<?> raw = (Class<?>) type;
    if (raw == String.class) {
      return new TextCodec();
    } else if (raw == boolean.class) {
      return new BooleanCodec();
    } else if (raw == long.class) {
      return new LongCodec();
    } else if (raw == Instant.class) {
      return new InstantCodec();
    } else if (raw == URI.class) {
      return new UriCodec();
    } else if (raw == OptionalLong.class) {
      return new OptionalLongCodec();
    } else if (raw.isEnum()) {
      return new EnumCodec(raw);
    } else if (raw.isSealed()) {
      return new FamilyCodec(raw, this);
    } else if (raw.isRecord()) {
      RecordCodec record = new RecordCodec(raw, this);
      return record.isWrapper() ? record.unwrapped() : record;
    }
    throw new IllegalArgumentException("the journal has no form for " + type);
  }

  private ValueCodec generic(ParameterizedType type) {
    Type[] of = type.getActualTypeArguments();
    if (type.getRawType() == Optional.class) {
      return new OptionalCodec(of(of[0]));
    } else if (type.getRawType() == List.class) {
      return new ListCodec(of(of[0]));
    } else if (type.getRawType() == Map.class && of[0] == String.class) {
      return new MapCodec(of(of[1]));
    }
    throw new IllegalArgumentException("the journal has no form for " + type);
  }

  private static final class TextCodec implements ValueCodec {
    @Override
    public void write(JsonGenerator out, Object value) throws IOException {
      out.writeString((String) value);
    }

    @Override
    public Object read(JsonParser in) throws IOException {
      return in.getText();
    }
  }

  private static final class BooleanCodec implements ValueCodec {
    @Override
    public void write(JsonGenerator out, Object value) throws IOException {
      out.writeBoolean((Boolean) value);
    }

    @Override
    public Object read(JsonParser in) throws IOException {
      return in.getBooleanValue();
    }
  }

  private static final class LongCodec implements ValueCodec {
    @Override
    public void write(JsonGenerator out, Object value) throws IOException {
      out.writeNumber((Long) value);
    }

    @Override
    public Object read(JsonParser in) throws IOException {
      return in.getLongValue();
    }
  }

  private static final class InstantCodec implements ValueCodec {
    @Override
    public void write(JsonGenerator out, Object value) throws IOException {
      out.writeString(value.toString());
    }

    @Override
    public Object read(JsonParser in) throws IOException {
      return Instant.parse(in.getText());
    }
  }

  private static final class UriCodec implements ValueCodec {
    @Override
    public void write(JsonGenerator out, Object value) throws IOException {
      out.writeString(value.toString());
    }

    @Override
    public Object read(JsonParser in) throws IOException {
      return URI.create(in.getText());
    }
  }

  private static final class OptionalLongCodec implements ValueCodec {
    @Override
    public void write(JsonGenerator out, Object value) throws IOException {
      out.writeNumber(((OptionalLong) value).getAsLong());
    }

    @Override
    public Object read(JsonParser in) throws IOException {
      return OptionalLong.of(in.getLongValue());
    }

    @Override
    public Object absent() {
      return OptionalLong.empty();
    }
  }

  private record EnumCodec(Class<?> type) implements ValueCodec {
    @Override
    public void write(JsonGenerator out, Object value) throws IOException {
      out.writeString(((Enum<?>) value).name());
    }

    @Override
    public Object read(JsonParser in) throws IOException {
      String name = in.getText();
      for (Object each : type.getEnumConstants()) {
        if (((Enum<?>) each).name().equals(name)) {
          return each;
        }
      }
      throw new IOException("there is no " + type.getSimpleName() + " \"" + name + "\"");
    }
  }

  private record OptionalCodec(ValueCodec of) implements ValueCodec {
    @Override
    public void write(JsonGenerator out, Object value) throws IOException {
      of.write(out, ((Optional<?>) value).orElseThrow());
    }

    @Override
    public Object read(JsonParser in) throws IOException {
      return Optional.of(of.read(in));
    }

    @Override
    public Object absent() {
      return Optional.empty();
    }
  }

  private record ListCodec(ValueCodec of) implements ValueCodec {
    @Override
    public void write(JsonGenerator out, Object value) throws IOException {
      out.writeStartArray();
      for (Object each : (List<?>) value) {
        of.write(out, each);
      }
      out.writeEndArray();
    }

    @Override
    public Object read(JsonParser in) throws IOException {
      List<Object> all = new ArrayList<>();
      while (in.nextToken() != JsonToken.END_ARRAY) {
        all.add(of.read(in));
      }
      return List.copyOf(all);
    }

    @Override
    public Object absent() {
      return List.of();
    }
  }

  private record MapCodec(ValueCodec of) implements ValueCodec {
    @Override
    public void write(JsonGenerator out, Object value) throws IOException {
      out.writeStartObject();
      for (Map.Entry<?, ?> each : ((Map<?, ?>) value).entrySet()) {
        out.writeFieldName((String) each.getKey());
        of.write(out, each.getValue());
      }
      out.writeEndObject();
    }

    @Override
    public Object read(JsonParser in) throws IOException {
      Map<String, Object> all = new LinkedHashMap<>();
      while (in.nextToken() != JsonToken.END_OBJECT) {
        String key = in.currentName();
        in.nextToken();
        all.put(key, of.read(in));
      }
      return all;
    }

    @Override
    public Object absent() {
      return Map.of();
    }
  }
}
