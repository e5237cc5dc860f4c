package dev.owlery.core.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** How values of one type look in JSON. Immutable; for any thread. */
interface ValueCodec {

  /** Writes a value. */
  void write(JsonGenerator out, Object value) throws IOException;

  /** Reads a value; the parser stands on its first token, and on its last one afterwards. */
  Object read(JsonParser in) throws IOException;

  /** What a record's component is if its field is missing; null if it must not be missing. */
  default @Nullable Object absent() {
    return null;
  }
}
