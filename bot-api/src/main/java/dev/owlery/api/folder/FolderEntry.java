package dev.owlery.api.folder;

import java.nio.file.Path;
import java.time.Instant;

/**
 * An ordinary file or a folder, as it was when it was looked at.
 *
 * @param path below the safe folder; relative
 * @param isFolder whether it is a folder
 * @param size in bytes; 0 for a folder
 * @param modified when it was last written to
 * @param key tells one file from the next of the same name; empty where the file system has none
 */
public record FolderEntry(Path path, boolean isFolder, long size, Instant modified, String key) {

  /**
   * What outsiders may call it.
   *
   * @return a safe name, made of the last part of the path
   */
  public SafeName name() {
    return SafeName.of(String.valueOf(path.getFileName()));
  }

  /**
   * What it is called when it is sent.
   *
   * @return its own name; whoever takes it in makes a safe one of it
   */
  public String sentName() {
    return SafeName.sent(String.valueOf(path.getFileName()));
  }

  /**
   * Whether it is the same file with the same contents, as far as a look can tell.
   *
   * @param other a later or earlier look
   * @return true if neither file, nor size, nor time differ
   */
  public boolean isSame(FolderEntry other) {
    return key.equals(other.key) && size == other.size && modified.equals(other.modified);
  }
}
