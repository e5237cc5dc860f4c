package dev.owlery.api.file;

import java.io.IOException;
import java.io.InputStream;

/** The bytes of a file to be sent. For the thread that sends. */
public interface FileSource {

  /**
   * Opens the bytes. What is read counts as sent. {@link InputStream#transferTo} moves them in
   * large pieces.
   *
   * @param offset where to begin: what the other side has already
   * @return the bytes from there to the end; the caller closes it
   * @throws IOException if they cannot be read, or the offset is beyond the end
   */
  InputStream from(long offset) throws IOException;
}
