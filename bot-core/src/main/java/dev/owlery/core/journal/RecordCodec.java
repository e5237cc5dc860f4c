package dev.owlery.core.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A record as an object: a field for each component, apart from those that are empty. */
final class RecordCodec implements ValueCodec {

  private final Class<?> type;
  private final Constructor<?> constructor;
  private final String[] names;
  private final Method[] accessors;
  private final ValueCodec[] shapes;

  RecordCodec(Class<?> type, ValueCodecs shapes) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] raw =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      this.constructor = type.getConstructor(raw);
    } catch (NoSuchMethodException e) {
      throw new IllegalArgumentException("the journal cannot make a " + type.getName(), e);
    }
    this.type = type;
    this.names = Arrays.stream(components).map(RecordComponent::getName).toArray(String[]::new);
    this.accessors =
        Arrays.stream(components).map(RecordComponent::getAccessor).toArray(Method[]::new);
    for (Method accessor : accessors) {
      accessor.setAccessible(true); // public anyway, but checked at every call without this
    }
    this.shapes =
        Arrays.stream(components)
            .map(component -> shapes.of(component.getGenericType()))
            .toArray(ValueCodec[]::new);
  }

  /** Whether it only gives a name to one value, as an account's id does. */
  boolean isWrapper() {
    return names.length == 1;
  }

  ValueCodec unwrapped() {
    return new Wrapper(this);
  }

  @Override
  public void write(JsonGenerator out, Object value) throws IOException {
    out.writeStartObject();
    writeFields(out, value);
    out.writeEndObject();
  }

  void writeFields(JsonGenerator out, Object value) throws IOException {
    for (int i = 0; i < names.length; i++) {
      Object part = part(value, i);
      if (!part.equals(shapes[i].absent())) {
        out.writeFieldName(names[i]);
        shapes[i].write(out, part);
      }
    }
  }

  @Override
  public Object read(JsonParser in) throws IOException {
    return readFields(in);
  }

  /** Reads the fields up to the object's end. */
  Object readFields(JsonParser in) throws IOException {
    @Nullable Object[] parts = new Object[names.length];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = shapes[i].absent();
    }
    while (in.nextToken() != JsonToken.END_OBJECT) {
      int place = Arrays.asList(names).indexOf(in.currentName());
      in.nextToken();
      if (place >= 0) {
        parts[place] = shapes[place].read(in);
      } else {
        in.skipChildren(); // a later version knows what it means
      }
    }
    return make(parts);
  }

  private Object part(Object value, int place) {
    try {
      return accessors[place].invoke(value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a record hides " + names[place], e);
    }
  }

  private Object make(@Nullable Object[] parts) throws IOException {
    for (int i = 0; i < parts.length; i++) {
      if (parts[i] == null) {
        throw new IOException("a " + type.getSimpleName() + " without " + names[i]);
      }
    }
    try {
      return constructor.newInstance(parts);
    } catch (InvocationTargetException e) {
      throw new IOException("a wrong " + type.getSimpleName() + ": " + e.getCause(), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make a " + type.getName(), e);
    }
  }

  private record Wrapper(RecordCodec record) implements ValueCodec {
    @Override
    public void write(JsonGenerator out, Object value) throws IOException {
      record.shapes[0].write(out, record.part(value, 0));
    }

    @Override
    public Object read(JsonParser in) throws IOException {
      return record.make(new Object[] {record.shapes[0].read(in)});
    }
  }
}
