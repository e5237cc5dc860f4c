package dev.owlery.adapter.irc;

import dev.owlery.testkit.irc.IrcServer;
import dev.owlery.testkit.net.ScratchDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A person with irssi, who types; what comes is in {@link #downloads}. */
final class Irssi implements AutoCloseable {
  private final ScratchDirectory scratch = ScratchDirectory.create("irssi");
  private final Process process;

  Irssi(IrcServer server, String nick) throws IOException {
    Files.createDirectories(downloads());
    scratch.write(
        "config",
        """
        servers = ( { address = "%s"; chatnet = "net"; port = "%d"; autoconnect = "yes"; } );
        chatnets = { net = { type = "IRC"; nick = "%s"; }; };
        settings = {
          core = { nick = "%s"; user_name = "%s"; real_name = "%s"; };
          "irc/core" = { cmd_queue_speed = "10msec"; cmds_max_at_once = "100"; };
          "irc/dcc" = { dcc_download_path = "%s"; dcc_upload_path = "%s"; dcc_file_create_mode = "644"; };
        };
        """
            .formatted(
                server.host(), server.port(), nick, nick, nick, nick, downloads(), scratch.path()));
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of("script", "-qfec", "irssi --home=" + scratch.path(), "/dev/null"));
    builder.environment().put("TERM", "vt100");
    builder.redirectErrorStream(true).redirectOutput(screen().toFile());
    process = builder.start();
  }

  Path downloads() {
    return scratch.path().resolve("downloads");
  }

  /** Where it finds what it sends. */
  Path folder() {
    return scratch.path();
  }

  private Path screen() {
    return scratch.path().resolve("screen");
  }

  /** What was drawn, for the message of a test that fails. */
  String drawn() {
    try {
      return Files.readString(screen(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void types(String line) {
    try {
      process.getOutputStream().write((line + "\r").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.onExit().join();
    scratch.close();
  }
}
