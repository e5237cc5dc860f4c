package dev.owlery.plugins.logs;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * One file, whatever it is called now, and how far it has been read. What stands before that point
 * is remembered, to notice that it was replaced. Belongs to one thread.
 */
final class OpenLog implements Closeable {
  private static final int PIECE = 64 * 1024;
  private static final int LONGEST_LINE = 64 * 1024;
  private static final int REMEMBERED = 128;

  private final FileChannel channel;
  private final String key;
  private final ByteBuffer buffer = ByteBuffer.allocate(PIECE);
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
  private boolean tooLong;
  private long position;
  private long lineStart;
  private byte[] before = new byte[0];

  private OpenLog(FileChannel channel, String key, long position) throws IOException {
    this.channel = channel;
    this.key = key;
    this.position = position;
    this.lineStart = position;
    before = stretch(position, (int) Math.min(REMEMBERED, position));
  }

  /**
   * Opens a file from a point on; from its end if that is negative.
   *
   * @throws NoLogException if it is a folder, a pipe or a device, which nobody could follow
   */
  static OpenLog open(Path path, long position) throws IOException {
    if (!Files.readAttributes(path, BasicFileAttributes.class).isRegularFile()) {
      throw new NoLogException();
    }
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      long start = position < 0 ? channel.size() : Math.min(position, channel.size());
      return new OpenLog(channel, keyOf(path), start);
    } catch (IOException cannotRead) {
      channel.close();
      throw cannotRead;
    }
  }

  /** What is called so is no file. */
  static final class NoLogException extends IOException {
    private static final long serialVersionUID = 1L;

    NoLogException() {
      super("it is no ordinary file, but a folder, a pipe or a device");
    }
  }

  /** What stays the same when a file is renamed. */
  static String keyOf(Path path) throws IOException {
    return String.valueOf(Files.readAttributes(path, BasicFileAttributes.class).fileKey());
  }

  /** Where to read on another time: at the beginning of the line that is not whole yet. */
  LogPosition place() throws IOException {
    long start = lineStart;
    int length = (int) Math.min(REMEMBERED, start);
    return new LogPosition(key, start, Arrays.hashCode(stretch(start, length)));
  }

  String key() {
    return key;
  }

  /**
   * Whether what has been read is not there any more: the file was emptied, and perhaps refilled.
   */
  boolean isReplaced() throws IOException {
    return channel.size() < position || !Arrays.equals(before, stretch(position, before.length));
  }

  /** Whether another file holds what has been read here, and so goes on from there. */
  boolean isContinuedIn(OpenLog copy) throws IOException {
    return before.length > 0
        && copy.channel.size() >= position
        && Arrays.equals(before, copy.stretch(position, before.length));
  }

  /** Goes on reading here where another file was left, in the middle of a line perhaps. */
  void take(OpenLog other) throws IOException {
    position = other.position;
    lineStart = other.lineStart;
    before = other.before;
    begun.reset();
    begun.writeBytes(other.begun.toByteArray());
    tooLong = other.tooLong;
  }

  /** Begins again with an emptied file. */
  void rewind() {
    position = 0;
    lineStart = 0;
    before = new byte[0];
    begun.reset();
    tooLong = false;
  }

  /**
   * Reads on.
   *
   * @param most about so many bytes
   * @param lines takes each whole line
   * @return whether the end was reached
   */
  boolean read(long most, Consumer<String> lines) throws IOException {
    long end = position + most;
    while (position < end) {
      buffer.clear();
      int count = channel.read(buffer, position);
      if (count <= 0) {
        return true;
      }
      remember(count);
      split(count, lines);
    }
    return false;
  }

  private void split(int count, Consumer<String> lines) {
    byte[] bytes = buffer.array();
    int start = 0;
    for (int i = 0; i < count; i++) {
      if (bytes[i] == '\n') {
        add(bytes, start, i);
        position += i + 1 - start;
        lineStart = position;
        start = i + 1;
        lines.accept(line());
      }
    }
    add(bytes, start, count);
    position += count - start;
  }

  private void add(byte[] bytes, int start, int end) {
    int room = LONGEST_LINE - begun.size();
    tooLong |= end - start > room;
    begun.write(bytes, start, Math.min(end - start, room));
  }

  private String line() {
    String line = begun.toString(StandardCharsets.UTF_8);
    begun.reset();
    tooLong = false;
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }

  /** What was begun, as a line; it will not be finished any more. */
  void finish(Consumer<String> lines) {
    if (begun.size() > 0) {
      lines.accept(line());
    }
  }

  private void remember(int count) {
    byte[] bytes = buffer.array();
    if (count >= REMEMBERED) {
      before = Arrays.copyOfRange(bytes, count - REMEMBERED, count);
      return;
    }
    int kept = Math.min(before.length, REMEMBERED - count);
    byte[] joined = new byte[kept + count];
    System.arraycopy(before, before.length - kept, joined, 0, kept);
    System.arraycopy(bytes, 0, joined, kept, count);
    before = joined;
  }

  /** What stands before a point. */
  private byte[] stretch(long end, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    int count = 0;
    while (bytes.hasRemaining() && count >= 0) {
      count = channel.read(bytes, end - length + bytes.position());
    }
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
