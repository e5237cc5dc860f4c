package dev.owlery.core.journal;

import dev.owlery.core.rights.FileRights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of a store, for our eyes only and for one process at a time: the lock is the
 * operating system's, so it ends with the process, however that ends.
 */
final class DataDirectory implements AutoCloseable {

  private static final String DATABASE = "owlery.db";
  private static final String LOCK = "owlery.lock";
  private static final List<String> BESIDE_DATABASE = List.of("-wal", "-shm", "-journal");
  private static final Logger log = LoggerFactory.getLogger(DataDirectory.class);

  private final Path directory;
  private final FileChannel lockFile;

  private DataDirectory(Path directory, FileChannel lockFile) {
    this.directory = directory;
    this.lockFile = lockFile;
  }

  /** Makes the directory and its database file if they are not there, and locks it. */
  static DataDirectory lock(Path directory) {
    try {
      Files.createDirectories(directory, FileRights.ownerOnly(directory, true));
      close(directory);
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
      for (String beside : BESIDE_DATABASE) {
        Path aside = directory.resolve(DATABASE + beside);
        if (Files.exists(aside)) {
          close(aside);
        }
      }
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
      Files.createFile(file, FileRights.ownerOnly(file, false));
    }
    close(file);
  }

  /** Earlier versions, copies and unpacked backups may have left it open. */
  private static void close(Path path) throws IOException {
    try {
      if (FileRights.close(path)) {
        log.warn("{} was open to other users; from now on it is for its owner only", path);
      }
    } catch (FileSystemException e) {
      log.warn("{} is open to other users, and not ours to close: chmod go= {}", path, path);
    }
  }

  Path database() {
    return directory.resolve(DATABASE);
  }

  @Override
  public void close() throws IOException {
    lockFile.close();
  }
}
