package dev.owlery.launcher;

import dev.owlery.testkit.xmpp.Prosody;
import dev.owlery.testkit.xmpp.RawXmppClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Prosody; the file is put into the server's store. */
final class FilesOnXmpp implements FilePeer {
  private static final String ROOM = "owls@open.localhost";

  private final Prosody server = Prosody.start(Prosody.Option.STORE_ELSEWHERE);
  private final Sluice sluice = new Sluice(server.storePort(), server.httpPort(), 1_000_000);
  private final Pattern link =
      Pattern.compile("(http://localhost:" + server.storePort() + "/\\S+)");
  private final RawXmppClient ann = RawXmppClient.join(server, "ann");
  private final RawXmppClient mallory = RawXmppClient.join(server, "mallory");
  private final Curl curl;

  FilesOnXmpp(Path scratch) {
    curl = new Curl(scratch.resolve("xmpp.bin"));
    server.register("owl", "secret");
    ann.enter(ROOM, "ann");
    mallory.enter(ROOM, "mallory");
  }

  @Override
  public String account() {
    return """
    home { protocol = xmpp, jid = "owl@localhost", password = secret, host = "127.0.0.1"
           port = %d, tls = off, rooms = [ "%s" ], flood { burst = 0 } }
    """
        .formatted(server.port(), ROOM);
  }

  @Override
  public String ann() {
    return "home/ann@localhost";
  }

  @Override
  public String where() {
    return "home/" + ROOM;
  }

  @Override
  public String transport() {
    return "upload";
  }

  @Override
  public void says(String line) {
    ann.sayIn(ROOM, line);
  }

  @Override
  public void strangerSays(String line) {
    mallory.sayIn(ROOM, line);
  }

  @Override
  public List<String> heard() {
    return FileTalk.lines(ann.textsFrom(ROOM + "/owl"));
  }

  @Override
  public byte[] receives() throws IOException {
    sluice.open();
    curl.gets(FileTalk.awaitHeard(this, link));
    return curl.got();
  }

  @Override
  public void close() {
    ann.close();
    mallory.close();
    sluice.close();
    server.close();
  }
}
