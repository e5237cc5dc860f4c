package dev.owlery.api.folder;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;

/**
 * An ordinary file of a {@link SafeFolder}, open for reading. Whatever becomes of its name from now
 * on, the bytes are this file's. Belongs to one thread; close it.
 */
public final class SafeFile implements Closeable {
  private final SafeFolder folder;
  private final FolderEntry entry;
  private final FileChannel channel;

  SafeFile(SafeFolder folder, FolderEntry entry, FileChannel channel) {
    this.folder = folder;
    this.entry = entry;
    this.channel = channel;
  }

  /**
   * What it was when it was opened.
   *
   * @return its entry
   */
  public FolderEntry entry() {
    return entry;
  }

  /**
   * Its bytes.
   *
   * @return for reading at any point
   */
  public FileChannel channel() {
    return channel;
  }

  /**
   * Its bytes from a point on. Closing the stream closes the file.
   *
   * @param offset the first byte
   * @return a stream
   * @throws IOException if it cannot be read
   */
  public InputStream from(long offset) throws IOException {
    channel.position(offset);
    return Channels.newInputStream(channel);
  }

  /**
   * Whether nobody has written to the file since it was opened, nor put another in its place.
   *
   * @return false if it is not there any more, too
   */
  public boolean isUnchanged() {
    try {
      return channel.size() == entry.size() && folder.look(entry.path()).isSame(entry);
    } catch (IOException gone) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
