package dev.owlery.core.file;

import dev.owlery.api.content.FileRef;
import dev.owlery.api.file.FileSink;
import dev.owlery.api.file.TransferException;
import dev.owlery.api.file.TransferException.Reason;
import dev.owlery.api.folder.NewFile;
import dev.owlery.api.folder.SafeFolder;
import dev.owlery.api.folder.SafeName;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongConsumer;

/** A file on its way into a folder. For the thread that receives. */
final class PartSink implements FileSink, AutoCloseable {

  private static final int PIECE = 256 << 10;

  private final SafeFolder folder;
  private final NewFile part;
  private final FileRef announced;
  private final long most;
  private final DiskSpace disk;
  private final LongConsumer moved;
  private final Verified verified;
  private Sha256 digest = Sha256.ofTheJdk();
  private long at;
  private Optional<StoredFile> kept = Optional.empty();

  /** Told the digest when the bytes are right, before the file gets its name. */
  @FunctionalInterface
  interface Verified {
    void accept(String sha256) throws IOException;
  }

  /** Where the whole file is. */
  record StoredFile(Path path, long size, String sha256) {}

  /**
   * Opens what is there of a file.
   *
   * @param verified told the digest when the bytes are right, before the file gets its name
   */
  PartSink(
      SafeFolder folder,
      String key,
      FileRef announced,
      long limit,
      DiskSpace disk,
      LongConsumer moved,
      Verified verified)
      throws IOException {
    this.folder = folder;
    this.part = folder.create(key);
    this.announced = announced;
    this.most = Math.min(limit, announced.size().orElse(limit));
    this.disk = disk;
    this.moved = moved;
    this.verified = verified;
    this.at = -1;
    if (part.size() > most) {
      part.channel().truncate(0);
    }
    moved.accept(part.size());
  }

  @Override
  public long offset() {
    try {
      return part.size();
    } catch (IOException e) {
      return 0;
    }
  }

  @Override
  public OutputStream from(long offset) throws IOException {
    FileChannel channel = part.channel();
    if (offset < 0 || offset > channel.size()) {
      throw new IOException("the other side begins behind what is here");
    }
    disk.check(folder.root(), Math.max(0, announced.size().orElse(0) - offset));
    channel.truncate(offset);
    digest = digestOf(channel, offset, announced.size().orElse(Sha256.LARGE));
    channel.position(offset);
    at = offset;
    moved.accept(at);
    return new CheckedOutput();
  }

  private static Sha256 digestOf(FileChannel channel, long length, long size) throws IOException {
    Sha256 digest = Sha256.begin(size);
    ByteBuffer piece = ByteBuffer.allocate(PIECE);
    for (long read = 0; read < length; ) {
      int count = channel.read(piece, read);
      if (count < 0) {
        throw new IOException("a part of the file is gone");
      }
      piece.flip();
      digest.update(piece);
      piece.clear();
      read += count;
    }
    return digest;
  }

  @Override
  public String complete() throws IOException {
    return complete(announced.name());
  }

  @Override
  public String complete(String called) throws IOException {
    if (at < 0) {
      from(offset()).close();
    }
    String sha256 = digest.endHex();
    boolean whole = announced.size().isEmpty() || announced.size().getAsLong() == at;
    if (!whole && at < announced.size().getAsLong()) {
      throw new IOException("the file ended before its end");
    }
    if (!whole || announced.sha256().filter(wanted -> !wanted.equals(sha256)).isPresent()) {
      part.discard();
      throw new TransferException(Reason.MISMATCH, "what came is not what was announced");
    }
    part.channel().force(true);
    verified.accept(sha256);
    SafeName name = part.keep(SafeName.of(called));
    kept = Optional.of(new StoredFile(folder.root().resolve(name.text()), at, sha256));
    return sha256;
  }

  /** What {@link #complete} has made. */
  Optional<StoredFile> kept() {
    return kept;
  }

  void discard() throws IOException {
    part.discard();
  }

  @Override
  public void close() throws IOException {
    part.close();
  }

  /** Counts and checks what is written. */
  private final class CheckedOutput extends OutputStream {

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (at + length > most) {
        throw new TransferException(
            announced.size().isPresent() ? Reason.MISMATCH : Reason.REFUSED,
            "more bytes come than were announced or are allowed");
      }
      ByteBuffer left = ByteBuffer.wrap(bytes, offset, length);
      try {
        while (left.hasRemaining()) {
          part.channel().write(left);
        }
      } catch (IOException e) {
        throw disk.explained(e, folder.root());
      } finally {
        int written = length - left.remaining();
        digest.update(ByteBuffer.wrap(bytes, offset, written));
        at += written;
        moved.accept(at);
      }
    }
  }
}
