package dev.owlery.adapter.xmpp.file;

import dev.owlery.spi.BoundedMap;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * The MD5 that an offer of a file may carry (XEP-0096 section 2, {@code hash}): of what is sent,
 * and over what comes in pieces, as long as this process has seen all of them. It finds damage, not
 * malice. Every method may be called from any thread; an {@link HashedOutput} is for one.
 */
final class OfferHashes {
  private static final int MOST = 200;

  private record PartialHash(long length, MessageDigest soFar) {}

  private final Map<String, PartialHash> parts = BoundedMap.leastRecentlyUsed(MOST);
  private final Map<String, String> sent = BoundedMap.leastRecentlyUsed(MOST);

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  /** How a file's bytes are opened from their beginning. */
  interface Opening {
    InputStream open() throws IOException;
  }

  /**
   * The MD5 of a file that is to be sent; read once for all attempts.
   *
   * @param id names the sending
   * @param bytes all of it
   * @return 32 hexadecimal digits
   * @throws IOException if it cannot be read
   */
  String ofSent(String id, Opening bytes) throws IOException {
    synchronized (sent) {
      String known = sent.get(id);
      if (known != null) {
        return known;
      }
    }
    MessageDigest digest = md5();
    try (InputStream in = bytes.open();
        OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      long _ = in.transferTo(out);
    }
    String hex = HexFormat.of().formatHex(digest.digest());
    synchronized (sent) {
      sent.put(id, hex);
    }
    return hex;
  }

  /**
   * Where a file may go on so that all of it can be checked.
   *
   * @param key names the file and its sender
   * @param there how much of it is there
   * @return the same if that was seen here; else 0
   */
  long offset(String key, long there) {
    synchronized (parts) {
      PartialHash part = parts.get(key);
      return part != null && part.length() == there ? there : 0;
    }
  }

  /** The bytes of one attempt, on their way to where they are kept. */
  final class HashedOutput extends FilterOutputStream {
    private final String key;
    private final MessageDigest digest;
    private long length;

    private HashedOutput(String key, OutputStream to, long offset, MessageDigest digest) {
      super(to);
      this.key = key;
      this.length = offset;
      this.digest = digest;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      out.write(bytes, from, count);
      digest.update(bytes, from, count);
      length += count;
    }

    @Override
    public void close() throws IOException {
      synchronized (parts) {
        parts.put(key, new PartialHash(length, digest));
      }
      super.close();
    }
  }

  /**
   * Begins an attempt.
   *
   * @param key as for {@link #offset}
   * @param to where the bytes go
   * @param offset what {@link #offset} has said
   */
  HashedOutput incoming(String key, OutputStream to, long offset) {
    synchronized (parts) {
      PartialHash part = parts.remove(key);
      return new HashedOutput(key, to, offset, offset == 0 || part == null ? md5() : part.soFar());
    }
  }

  /**
   * Whether all that came has the MD5 that was announced. Asked once, at the end.
   *
   * @param key as for {@link #offset}
   * @param wanted 32 hexadecimal digits, small
   */
  boolean isWhole(String key, String wanted) {
    synchronized (parts) {
      PartialHash part = parts.remove(key);
      return part != null && HexFormat.of().formatHex(part.soFar().digest()).equals(wanted);
    }
  }
}
