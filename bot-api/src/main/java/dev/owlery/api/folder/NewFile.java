package dev.owlery.api.folder;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A file that is being written into a {@link SafeFolder}, hidden there under a name of its own
 * until it is whole. Belongs to one thread; close it. Closing keeps what has been written, for
 * {@link SafeFolder#create} with the same key to go on with.
 */
public final class NewFile implements Closeable {
  private static final int MOST_NUMBERS = 10_000;

  private final Path root;
  private final Path part;
  private final FileChannel channel;

  NewFile(Path root, Path part, FileChannel channel) {
    this.root = root;
    this.part = part;
    this.channel = channel;
  }

  /**
   * Its bytes, to read and write at any point. The position is at the end of what is there.
   *
   * @return for writing
   */
  public FileChannel channel() {
    return channel;
  }

  /**
   * How much of it is there.
   *
   * @return bytes
   * @throws IOException if it cannot be asked
   */
  public long size() throws IOException {
    return channel.size();
  }

  /**
   * Gives the whole file its name, at once and durably: its bytes are on the disk before. A file
   * that has the name already stays as it is, and this one gets a number. May be called again with
   * the same name after a crash in between: a file is kept once.
   *
   * @param wanted what it is to be called
   * @return what it is called
   * @throws IOException if it cannot be done; it can be tried again
   */
  public SafeName keep(SafeName wanted) throws IOException {
    channel.force(true);
    SafeName name = writable(wanted);
    for (int number = 2; number < MOST_NUMBERS; number++) {
      if (named(root.resolve(name.text()))) {
        force(root);
        Files.deleteIfExists(part);
        force(root);
        return name;
      }
      name = writable(wanted).numbered(number);
    }
    throw new FileAlreadyExistsException(wanted.text(), null, "so many files are called so");
  }

  /** Whether the name is this file's now. A link fails where there is a file, unlike a move. */
  private boolean named(Path path) throws IOException {
    try {
      Files.createLink(path, part);
      return true;
    } catch (FileAlreadyExistsException taken) {
      return isSame(path);
    } catch (UnsupportedOperationException noLinks) {
      return moved(path);
    } catch (NoSuchFileException gone) {
      throw gone;
    } catch (FileSystemException perhapsNoLinks) {
      return moved(path);
    }
  }

  /** Where files have one name each: the name is taken first, and then given to this file. */
  private boolean moved(Path path) throws IOException {
    try {
      Files.createFile(path);
    } catch (FileAlreadyExistsException taken) {
      return false;
    }
    Files.move(part, path, StandardCopyOption.ATOMIC_MOVE);
    return true;
  }

  private boolean isSame(Path path) throws IOException {
    Object there = attributes(path).fileKey();
    return there != null && there.equals(attributes(part).fileKey());
  }

  private static BasicFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  /** In a locale without Unicode, the file system has plain characters only. */
  private SafeName writable(SafeName name) {
    try {
      Path _ = root.resolve(name.text());
      return name;
    } catch (InvalidPathException unwritable) {
      return SafeName.of(name.text().replaceAll("[^ -~]", "_"));
    }
  }

  private static void force(Path folder) throws IOException {
    try (FileChannel open = FileChannel.open(folder, StandardOpenOption.READ)) {
      open.force(true);
    }
  }

  /**
   * Forgets what has been written.
   *
   * @throws IOException if it cannot be deleted
   */
  public void discard() throws IOException {
    channel.close();
    Files.deleteIfExists(part);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
