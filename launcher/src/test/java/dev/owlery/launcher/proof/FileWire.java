package dev.owlery.launcher.proof;

import dev.owlery.testkit.net.LoopbackPorts;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The way by which one bot fetches files from another's HTTP listener on 127.0.0.1: lets them be
 * broken off there, each known by its path.
 */
final class FileWire implements AutoCloseable {
  private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *(\\d+)");

  private final int target = LoopbackPorts.reserve();
  private final FileCuts cuts;
  private final Door door;

  /** Begins to listen. */
  FileWire(FileCuts cuts) {
    this.cuts = cuts;
    this.door = new Door("127.0.0.1", LoopbackPorts.reserve(), this::serve);
  }

  int port() {
    return door.port();
  }

  /** The port on which the bot that sends has to listen. */
  int target() {
    return target;
  }

  private void serve(Socket fetching) {
    try (fetching;
        Socket sender = new Socket(InetAddress.getLoopbackAddress(), target)) {
      InputStream asked = new BufferedInputStream(fetching.getInputStream());
      InputStream answered = new BufferedInputStream(sender.getInputStream(), 1 << 16);
      String request = head(asked);
      while (!request.isEmpty()) {
        sender.getOutputStream().write(bytes(request));
        body(asked, request, sender.getOutputStream());
        String answer = head(answered);
        fetching.getOutputStream().write(bytes(answer));
        if (!cuts.carry(
            path(request),
            FileCuts.Hop.DOWN,
            answered,
            fetching.getOutputStream(),
            length(answer))) {
          fetching.setSoLinger(true, 0);
          return;
        }
        request = head(asked);
      }
    } catch (IOException broken) {
      // Both ends are closed now; who fetches comes again.
      return;
    }
  }

  private static String path(String request) {
    return request.split(" ", 3)[1];
  }

  private static byte[] bytes(String head) {
    return head.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void body(InputStream from, String head, OutputStream to) throws IOException {
    to.write(from.readNBytes((int) length(head)));
    to.flush();
  }

  private static long length(String head) {
    Matcher found = LENGTH.matcher(head);
    return found.find() ? Long.parseLong(found.group(1)) : 0;
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        return "";
      }
      head.write(next);
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() {
    door.close();
  }
}
