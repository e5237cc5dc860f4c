package dev.owlery.launcher;

import dev.owlery.testkit.irc.InspIrcd;
import dev.owlery.testkit.irc.IrcWitness;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** InspIRCd, with accounts; the file is a link. */
final class FilesOnIrc implements FilePeer {
  private final InspIrcd server = InspIrcd.startWithServices();
  private final IrcWitness ann = IrcWitness.connect(server, "ann");
  private final IrcWitness mallory = IrcWitness.connect(server, "mallory");
  private final Curl curl;

  FilesOnIrc(Path scratch) {
    curl = new Curl(scratch.resolve("irc.bin"));
    ann.registerAccount("secret-of-ann");
    ann.join("#owls");
    mallory.join("#owls");
  }

  @Override
  public String account() {
    return """
    net { protocol = irc, host = "%s", port = %d, tls = off, nick = owl
          rooms = [ "#owls" ], flood { burst = 0 } }
    """
        .formatted(server.host(), server.port());
  }

  @Override
  public String ann() {
    return "net/account:ann";
  }

  @Override
  public String where() {
    return "net/#owls";
  }

  @Override
  public String transport() {
    return "link";
  }

  @Override
  public void says(String line) {
    ann.say("#owls", line);
  }

  @Override
  public void strangerSays(String line) {
    mallory.say("#owls", line);
  }

  @Override
  public List<String> heard() {
    return ann.textsFrom("owl", "#owls");
  }

  @Override
  public void begins() {
    curl.gets(FileTalk.awaitHeard(this, FileTalk.OFFER), "-r", "0-999999");
  }

  @Override
  public byte[] receives() throws IOException {
    curl.gets(FileTalk.awaitHeard(this, FileTalk.OFFER), "-C", "-");
    return curl.got();
  }

  @Override
  public void close() {
    ann.close();
    mallory.close();
    server.close();
  }
}
