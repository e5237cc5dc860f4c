package dev.owlery.core.file;

import dev.owlery.api.content.FileRef;
import java.time.Duration;

/** How one attempt at a transfer ended. */
sealed interface Ending {

  /** It is there. */
  record Done(FileRef file, long size) implements Ending {}

  /** It is of no use to try again. */
  record Failed(String reason) implements Ending {}

  /** To be tried again, after a pause of at least so long. */
  record Again(Duration pause, String reason) implements Ending {}

  /** What came is not what was sent: to be tried again, but not for ever. */
  record Wrong(String reason) implements Ending {}

  /** Waits until the other side offers it again. */
  record Parked(String reason) implements Ending {}
}
