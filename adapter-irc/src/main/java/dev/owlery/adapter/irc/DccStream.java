package dev.owlery.adapter.irc;

import dev.owlery.api.file.FileSink;
import dev.owlery.api.file.FileSource;
import dev.owlery.spi.EngineThreads;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * The bytes of a file on a connection of DCC: raw in one direction, and in the other how many have
 * arrived, as four bytes that begin anew at 4 GiB.
 */
final class DccStream {
  private static final int PIECE = 64 * 1024;

  private DccStream() {}

  /**
   * Sends, and waits until the other side has said that it has everything. A side that says nothing
   * at all about it (some do not) is believed when it closes the connection in order.
   */
  static void send(Socket socket, FileSource source, long offset, long size)
      throws IOException, InterruptedException {
    CompletableFuture<Void> whole = new CompletableFuture<>();
    Thread reader =
        EngineThreads.start("dcc-heard", () -> acknowledgements(socket, offset, size, whole));
    try {
      try (InputStream bytes = source.from(offset)) {
        bytes.transferTo(socket.getOutputStream());
      }
      socket.getOutputStream().flush();
      if (size > offset) {
        whole.get();
      }
    } catch (ExecutionException broken) {
      throw broken.getCause() instanceof IOException e ? e : new IOException(broken);
    } finally {
      socket.close();
      reader.interrupt();
    }
  }

  /** Some count only what they got over this connection: believed when they have closed it. */
  private static void acknowledgements(
      Socket socket, long offset, long size, CompletableFuture<Void> whole) {
    int last = (int) (size - offset);
    try {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      while (true) {
        last = in.readInt();
        if (last == (int) size) {
          whole.complete(null);
        }
      }
    } catch (EOFException closed) {
      if (last == (int) (size - offset)) {
        whole.complete(null);
      } else {
        whole.completeExceptionally(new IOException("they have closed before they had all of it"));
      }
    } catch (IOException broken) {
      whole.completeExceptionally(broken);
    }
  }

  /** Receives; the last acknowledgement leaves when the file is safe here. */
  static void receive(Socket socket, FileSink sink, long offset, long size) throws IOException {
    InputStream in = socket.getInputStream();
    DataOutputStream acknowledgements = new DataOutputStream(socket.getOutputStream());
    long have = offset;
    byte[] buffer = new byte[PIECE];
    try (OutputStream out = sink.from(offset)) {
      while (have < size) {
        int count = in.read(buffer, 0, (int) Math.min(PIECE, size - have));
        if (count < 0) {
          throw new EOFException("the connection ended after " + have + " of " + size + " bytes");
        }
        out.write(buffer, 0, count);
        have += count;
        if (have < size) {
          acknowledgements.writeInt((int) have);
        }
      }
    }
    String sha256 = sink.complete();
    if (!sha256.isEmpty()) {
      acknowledgements.writeInt((int) size);
      acknowledgements.flush();
    }
  }
}
