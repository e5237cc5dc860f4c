package dev.owlery.launcher.proof;

import dev.owlery.testkit.net.LoopbackPorts;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The way by which one bot fetches files from another's HTTP listener on 127.0.0.1: counts their
 * bytes, and breaks off where it is told.
 */
final class FileWire implements AutoCloseable {
  private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *(\\d+)");

  /** Where a transfer breaks off, and what is done then. */
  record Cut(long after, Runnable deed) {}

  private final int target = LoopbackPorts.reserve();
  private final ServerSocket door;
  private final BiFunction<String, Long, Optional<Cut>> cuts;
  private final Map<String, AtomicLong> carried = new ConcurrentHashMap<>();
  private final AtomicInteger made = new AtomicInteger();

  /**
   * Begins to listen.
   *
   * @param cuts says for a path, and how many bytes come by it now, whether to break off
   */
  FileWire(BiFunction<String, Long, Optional<Cut>> cuts) {
    this.cuts = cuts;
    try {
      door = new ServerSocket();
      door.setReuseAddress(true);
      door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), LoopbackPorts.reserve()));
    } catch (IOException cannotListen) {
      throw new UncheckedIOException(cannotListen);
    }
    Thread.ofVirtual().name("file-wire").start(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  /** The port on which the bot that sends has to listen. */
  int target() {
    return target;
  }

  /** How many bytes went by each path. */
  Map<String, AtomicLong> carried() {
    return carried;
  }

  /** How many transfers were broken off. */
  int made() {
    return made.get();
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket fetching = door.accept();
        Thread.ofVirtual().start(() -> serve(fetching));
      } catch (IOException closed) {
        return;
      }
    }
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
        if (!file(path(request), answered, length(answer), fetching)) {
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

  /** Carries what an answer holds; false if it was broken off. */
  private boolean file(String path, InputStream in, long length, Socket to) throws IOException {
    Optional<Cut> cut = length > 1 ? cuts.apply(path, length) : Optional.empty();
    long most = cut.map(Cut::after).orElse(length);
    AtomicLong count = carried.computeIfAbsent(path, any -> new AtomicLong());
    byte[] piece = new byte[1 << 16];
    for (long left = most; left > 0; ) {
      int some = in.read(piece, 0, (int) Math.min(piece.length, left));
      if (some < 0) {
        throw new IOException("the sender has gone");
      }
      to.getOutputStream().write(piece, 0, some);
      count.addAndGet(some);
      left -= some;
    }
    to.getOutputStream().flush();
    if (cut.isPresent()) {
      made.incrementAndGet();
      cut.get().deed().run();
    }
    return cut.isEmpty();
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException closedAnyway) {
      throw new UncheckedIOException(closedAnyway);
    }
  }
}
