package dev.owlery.core.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One of a sealed family of records: its simple name comes first, then its fields. */
final class FamilyCodec implements ValueCodec {

  private static final String TYPE = "type";

  private final String family;
  private final ValueCodecs shapes;
  private final Map<String, Class<?>> types = new LinkedHashMap<>();
  private final Map<Class<?>, RecordCodec> members = new ConcurrentHashMap<>();

  FamilyCodec(Class<?> family, ValueCodecs shapes) {
    this.family = family.getSimpleName();
    this.shapes = shapes;
    for (Class<?> each : family.getPermittedSubclasses()) {
      types.put(each.getSimpleName(), each);
    }
  }

  /** Looks at a member when it is first met: most bots never meet all. */
  private RecordCodec member(Class<?> type) {
    RecordCodec member = members.get(type);
    if (member == null) {
      member = new RecordCodec(type, shapes);
      members.put(type, member);
    }
    return member;
  }

  @Override
  public void write(JsonGenerator out, Object value) throws IOException {
    out.writeStartObject();
    out.writeStringField(TYPE, value.getClass().getSimpleName());
    member(value.getClass()).writeFields(out, value);
    out.writeEndObject();
  }

  @Override
  public Object read(JsonParser in) throws IOException {
    in.nextToken();
    if (!TYPE.equals(in.currentName())) {
      throw new IOException("a " + family + " without type");
    }
    String name = in.nextTextValue();
    @Nullable Class<?> type = types.get(name);
    if (type == null) {
      throw new IOException("there is no " + family + " \"" + name + "\"");
    }
    return member(type).readFields(in);
  }
}
