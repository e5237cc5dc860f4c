package dev.owlery.core.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import dev.owlery.api.action.Action;
import dev.owlery.api.event.ChatEvent;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/**
 * Events and actions as JSON that a person can read and a later version too: unknown fields are
 * passed over. On Jackson's streams rather than its data binding, which costs the start of a bot a
 * third of a second. For any thread.
 */
public final class JournalCodec {

  private static final int USUAL_LENGTH = 512;

  private final JsonFactory json =
      JsonFactory.builder()
          // The default keeps buffers by thread, and virtual threads come and go.
          .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
          .build();

  private final ValueCodecs shapes = new ValueCodecs();
  private final ValueCodec event = shapes.of(ChatEvent.class);
  private final ValueCodec action = shapes.of(Action.class);

  /** Knows all events and actions. */
  public JournalCodec() {}

  String write(ChatEvent value) {
    return write(event, value);
  }

  /**
   * Writes an action.
   *
   * @param value the action
   * @return one line of JSON
   */
  public String write(Action value) {
    return write(action, value);
  }

  /** Reads an event; fails if it is malformed or of a kind that is not known. */
  ChatEvent readEvent(String text) throws IOException {
    return (ChatEvent) read(event, text);
  }

  /**
   * Reads an action.
   *
   * @param text what {@link #write} has made, perhaps in another version
   * @return the action
   * @throws IOException if it is malformed or of a kind that is not known
   */
  public Action readAction(String text) throws IOException {
    return (Action) read(action, text);
  }

  /**
   * Writes a record of the core's own.
   *
   * @param value the record; its class and constructor are public
   * @return one line of JSON
   */
  public String writeRecord(Record value) {
    return write(shapes.of(value.getClass()), value);
  }

  /**
   * Reads a record of the core's own.
   *
   * @param <R> the record
   * @param type its class
   * @param text what {@link #writeRecord} has made, perhaps in another version
   * @return the record
   * @throws IOException if it is malformed
   */
  public <R extends Record> R readRecord(Class<R> type, String text) throws IOException {
    return type.cast(read(shapes.of(type), text));
  }

  private String write(ValueCodec shape, Object value) {
    StringWriter text = new StringWriter(USUAL_LENGTH);
    try (JsonGenerator out = json.createGenerator(text)) {
      shape.write(out, value);
    } catch (IOException e) {
      throw new UncheckedIOException("writing into memory failed", e);
    }
    return text.toString();
  }

  private Object read(ValueCodec shape, String text) throws IOException {
    try (JsonParser in = json.createParser(text)) {
      in.nextToken();
      return shape.read(in);
    } catch (IllegalArgumentException | java.time.DateTimeException e) {
      throw new IOException("a malformed entry: " + e.getMessage(), e);
    }
  }
}
