package dev.owlery.core.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * The directory of a store, for our eyes only and for one process at a time: the lock is the
 * operating system's, so it ends with the process, however that ends.
 */
final class DataDirectory implements AutoCloseable {

  private static final String DATABASE = "owlery.db";
  private static final String LOCK = "owlery.lock";

  private final Path directory;
  private final FileChannel lockFile;

  private DataDirectory(Path directory, FileChannel lockFile) {
    this.directory = directory;
    this.lockFile = lockFile;
  }

  /** Makes the directory and its database file if they are not there, and locks it. */
  static DataDirectory lock(Path directory) {
    try {
      Files.createDirectories(directory, mode(directory, "rwx------"));
      Path lock = directory.resolve(LOCK);
      create(lock);
      FileChannel file = FileChannel.open(lock, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (tryLock(file) == null) {
        String owner = owner(file);
        file.close();
        throw new JournalException(
            "the data directory " + directory + " is in use by another bot" + owner);
      }
      file.truncate(0);
      file.write(
          ByteBuffer.wrap(("" + ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)),
          0);
      DataDirectory data = new DataDirectory(directory, file);
      create(data.database());
      return data;
    } catch (IOException e) {
      throw new JournalException("cannot use the data directory " + directory + ": " + e, e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // another bot in this very process
    }
  }

  private static String owner(FileChannel file) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(20);
    file.read(text, 0);
    String pid = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII);
    return pid.matches("[0-9]+") ? " (process " + pid + ")" : "";
  }

  private static void create(Path file) throws IOException {
    if (!Files.exists(file)) {
      Files.createFile(file, mode(file, "rw-------"));
    }
  }

  private static FileAttribute<?>[] mode(Path path, String permissions) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  Path database() {
    return directory.resolve(DATABASE);
  }

  @Override
  public void close() throws IOException {
    lockFile.close();
  }
}
