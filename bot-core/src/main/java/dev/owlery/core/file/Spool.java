package dev.owlery.core.file;

import dev.owlery.api.file.TransferException;
import dev.owlery.api.file.TransferException.Reason;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies of the files that are to be sent: whatever becomes of the originals, what was promised is
 * what goes out. Every method may be called from any thread.
 */
final class Spool {

  private static final Logger log = LoggerFactory.getLogger(Spool.class);
  private static final int PIECE = 256 << 10;

  private final Path folder;
  private final long limit;
  private final DiskSpace disk;
  private final AtomicLong used = new AtomicLong();
  private final Map<String, Long> sizes = new ConcurrentHashMap<>();

  Spool(Path folder, long limit, DiskSpace disk) {
    this.folder = folder.toAbsolutePath();
    this.limit = limit;
    this.disk = disk;
  }

  /** What was copied. */
  record SpooledCopy(long size, String sha256) {}

  /** Deletes what belongs to nobody, and counts the rest. */
  void restore(Set<String> wanted) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        String id = String.valueOf(file.getFileName());
        if (wanted.contains(id)) {
          count(id, Files.size(file));
        } else {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      log.warn("the spool cannot be read: {}", e.toString());
    }
  }

  /** Copies a file, to its end. Nothing is left behind if that fails. */
  SpooledCopy take(String id, ReadableByteChannel bytes) throws IOException {
    Files.createDirectories(folder, ownersOnly(folder, "rwx------"));
    boolean whole = false;
    try {
      SpooledCopy copy = copy(id, bytes);
      whole = true;
      return copy;
    } finally {
      if (!whole) {
        delete(id);
      }
    }
  }

  private SpooledCopy copy(String id, ReadableByteChannel bytes) throws IOException {
    Sha256 digest = Sha256.begin(bytes instanceof SeekableByteChannel file ? file.size() : 0);
    long size = 0;
    Set<StandardOpenOption> fresh = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel out = FileChannel.open(path(id), fresh, ownersOnly(folder, "rw-------"));
        Arena arena = Arena.ofConfined()) {
      ByteBuffer piece = arena.allocate(PIECE).asByteBuffer(); // else all is copied twice more
      while (bytes.read(piece) >= 0) {
        piece.flip();
        digest.update(piece.duplicate());
        size += piece.remaining();
        reserve(id, size);
        while (piece.hasRemaining()) {
          out.write(piece);
        }
        piece.clear();
      }
    }
    return new SpooledCopy(size, digest.endHex());
  }

  private void reserve(String id, long size) throws IOException {
    count(id, size);
    if (used.get() > limit) {
      throw new TransferException(Reason.NO_ROOM, "too much waits to be sent");
    }
    disk.check(folder, 0);
  }

  private void count(String id, long size) {
    Long before = sizes.put(id, size);
    used.addAndGet(size - (before == null ? 0 : before));
  }

  /** Where a copy lies, if it is there. */
  Path path(String id) {
    return folder.resolve(id);
  }

  void delete(String id) {
    Long size = sizes.remove(id);
    if (size != null) {
      used.addAndGet(-size);
    }
    try {
      Files.deleteIfExists(path(id));
    } catch (IOException e) {
      log.warn("a copy in the spool cannot be deleted: {}", e.toString());
    }
  }

  /** An empty folder is left to nobody. */
  void close() {
    try {
      if (sizes.isEmpty() && Files.isDirectory(folder)) {
        Files.delete(folder);
      }
    } catch (IOException inUse) {
      log.debug("the spool stays: {}", inUse.toString());
    }
  }

  private static FileAttribute<?>[] ownersOnly(Path path, String permissions) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
