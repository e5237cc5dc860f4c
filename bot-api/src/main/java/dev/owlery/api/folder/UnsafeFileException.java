package dev.owlery.api.folder;

import java.io.IOException;

/** A file that is not what may be read: not there, a link, no ordinary file. */
public final class UnsafeFileException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Says so.
   *
   * @param reason for people, in one line, without the name
   */
  public UnsafeFileException(String reason) {
    super(reason);
  }
}
