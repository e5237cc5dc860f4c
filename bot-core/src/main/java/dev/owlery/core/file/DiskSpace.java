package dev.owlery.core.file;

import dev.owlery.api.file.TransferException;
import dev.owlery.api.file.TransferException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Looks after the room on the disks.
 *
 * @param keepFree how many bytes are to remain
 */
record DiskSpace(long keepFree) {

  /**
   * Checks that there is room.
   *
   * @param folder where
   * @param more for how many bytes
   * @throws TransferException if there is not
   */
  void check(Path folder, long more) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new NoSuchFileException(folder.toString());
    }
    // A file store would be looked up among all that are mounted, each time.
    if (folder.toFile().getUsableSpace() - keepFree < more) {
      throw new TransferException(Reason.NO_ROOM, "there is no room on the disk");
    }
  }

  /** Says what a failed write means: that the disk is full, or what the system says. */
  IOException explained(IOException failure, Path folder) {
    try {
      check(folder, 1 << 16);
    } catch (TransferException full) {
      return full;
    } catch (IOException unknown) {
      failure.addSuppressed(unknown);
    }
    String text = String.valueOf(failure.getMessage());
    return text.contains("No space left") || text.contains("quota")
        ? new TransferException(Reason.NO_ROOM, "there is no room on the disk")
        : failure;
  }
}
