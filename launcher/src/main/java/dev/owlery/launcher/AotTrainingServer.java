package dev.owlery.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * As much of an IRC server (RFC 2812) as one bot needs that joins one room, where somebody gives it
 * one command after the other. Listens on loopback.
 */
final class AotTrainingServer implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String SOMEBODY = ":ann!ann@stage.invalid ";

  private final ServerSocket listener;
  private final int commands;
  private String nick = "*";
  private int given;
  private volatile boolean done;

  AotTrainingServer(int commands) throws IOException {
    this.commands = commands;
    this.listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    listener.setSoTimeout((int) PATIENCE.toMillis());
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Whether all commands have been answered. */
  boolean isDone() {
    return done;
  }

  /** Serves one connection, then tells that the rehearsal is over, however it went. */
  void start(Runnable over) {
    Thread.ofPlatform().daemon().name("rehearsal").start(() -> serve(over));
    CompletableFuture.delayedExecutor(PATIENCE.toSeconds(), TimeUnit.SECONDS).execute(over);
  }

  private void serve(Runnable over) {
    try (Socket socket = listener.accept();
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        OutputStream out = socket.getOutputStream()) {
      socket.setTcpNoDelay(true);
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        out.write(answer(line).getBytes(StandardCharsets.UTF_8));
        if (done) {
          over.run();
        }
      }
      over.run();
    } catch (IOException e) {
      over.run();
    }
  }

  private String answer(String line) {
    String[] words = line.split(" ", 3);
    String first = words.length > 1 ? words[1] : "";
    return switch (words[0]) {
      case "CAP" -> first.equals("LS") ? ":stage CAP * LS :\r\n" : "";
      case "NICK" -> {
        nick = first;
        yield "";
      }
      case "USER" -> welcome();
      case "JOIN" -> joined(first);
      case "PING" -> ":stage PONG stage " + line.substring("PING ".length()) + "\r\n";
      case "MODE" -> ":stage 324 %s %s +nt\r\n".formatted(nick, first);
      case "WHO" -> ":stage 315 %s %s :End\r\n".formatted(nick, first);
      case "PRIVMSG" -> next();
      default -> "";
    };
  }

  private String welcome() {
    return """
    :stage 001 %1$s :Welcome\r
    :stage 002 %1$s :Your host is stage\r
    :stage 003 %1$s :This server was made for this\r
    :stage 004 %1$s stage 1 io nt\r
    :stage 005 %1$s CASEMAPPING=ascii CHANTYPES=# NICKLEN=30 PREFIX=(ov)@+ :are supported\r
    :stage 422 %1$s :No message of the day\r
    """
        .formatted(nick);
  }

  private String joined(String room) {
    return """
    :%1$s!owl@stage.invalid JOIN %2$s\r
    :stage 332 %1$s %2$s :A stage\r
    :stage 353 %1$s = %2$s :@ann %1$s\r
    :stage 366 %1$s %2$s :End\r
    """
            .formatted(nick, room)
        + (room.equals("#stage") ? next() : "");
  }

  private String next() {
    if (given == commands) {
      done = true;
      return "";
    }
    given++;
    String what =
        switch (given % 20) {
          case 0 -> "!uptime";
          case 1 -> "!help echo";
          default -> "!echo Is this the real life? " + given;
        };
    return SOMEBODY + "PRIVMSG #stage :" + what + "\r\n";
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
