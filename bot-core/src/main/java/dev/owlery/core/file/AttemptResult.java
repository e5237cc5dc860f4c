package dev.owlery.core.file;

import dev.owlery.api.content.FileRef;
import java.time.Duration;

/** How one attempt at a transfer ended. */
sealed interface AttemptResult {

  /** It is there. */
  record Completed(FileRef file, long size) implements AttemptResult {}

  /** It is of no use to try again. */
  record Failed(String reason) implements AttemptResult {}

  /** To be tried again, after a pause of at least so long. */
  record Again(Duration pause, String reason) implements AttemptResult {}

  /** What came is not what was sent: to be tried again, but not for ever. */
  record Wrong(String reason) implements AttemptResult {}

  /** Waits until the other side offers it again. */
  record Parked(String reason) implements AttemptResult {}
}
