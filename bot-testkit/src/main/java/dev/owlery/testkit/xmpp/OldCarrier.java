package dev.owlery.testkit.xmpp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The old carrier of files, played with slixmpp: raw SOCKS5 bytestreams without an offer, and lines
 * of chat that name the files. As a receiver it has one file at a time, and calls it what was said
 * last, by whomever, when its stream ends.
 *
 * @param client the client, for what this does not do
 * @param address its full address
 */
public record OldCarrier(Slixmpp client, String address) implements AutoCloseable {

  private static final String SCRIPT = "owlery_carrier.py";

  /**
   * Starts one, and waits until it is online.
   *
   * @param server the server
   * @param user the local part of an account that exists
   * @param password its password
   * @return online, without a room
   */
  public static OldCarrier connect(XmppServer server, String user, String password) {
    Slixmpp client = Slixmpp.connect(server, user, password, script());
    String address = String.valueOf(client.await("online", any -> true).get("address"));
    return new OldCarrier(client, address);
  }

  private static String script() {
    try (InputStream script = OldCarrier.class.getResourceAsStream(SCRIPT)) {
      if (script == null) {
        throw new IllegalStateException(SCRIPT + " is missing");
      }
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /**
   * Goes into a room, and says there from now on what it has to say.
   *
   * @param room the room's address
   * @param nick what to be called
   */
  public void enter(String room, String nick) {
    done(client.ask("enter", "room", room, "nick", nick));
  }

  /**
   * Publishes from now on what it sends and receives, and follows what others publish there.
   *
   * @param service the service's address
   * @param node the node, which is there
   */
  public void publishOn(String service, String node) {
    done(client.ask("follow", "service", service, "node", node));
  }

  /**
   * Sends a file and tells its name.
   *
   * @param to a full address
   * @param name what to call it
   * @param size how long it is; what is in it is left to chance
   * @return its SHA-256
   */
  public String send(String to, String name, int size) {
    return result(client.ask("send", "to", to, "name", name, "size", size));
  }

  /**
   * Sends a file without telling a name.
   *
   * @param to a full address
   * @param size how long it is
   * @return its SHA-256
   */
  public String stream(String to, int size) {
    return result(client.ask("stream", "to", to, "size", size));
  }

  /**
   * Tells a name.
   *
   * @param to to whom, if it is in no room
   * @param name the name
   */
  public void name(String to, String name) {
    done(client.ask("name", "to", to, "name", name));
  }

  /**
   * Waits until it has received another file.
   *
   * @return {@code name}, {@code size} and {@code sha256}
   */
  public Map<String, Object> stored() {
    return client.expect("stored", any -> true);
  }

  /**
   * Waits until it hears, or has heard, something.
   *
   * @param text all of what is said
   */
  public void hears(String text) {
    Map<String, Object> _ = client.await("message", said -> text.equals(said.get("body")));
  }

  /**
   * Waits for an item of somebody else, or finds one.
   *
   * @param action {@code sent} or {@code received}
   * @param file the file's name
   * @return {@code xml}
   */
  public Map<String, Object> item(String action, String file) {
    return client.await(
        "item",
        item -> {
          String xml = String.valueOf(item.get("xml"));
          return xml.contains(">" + action + "<") && xml.contains(">" + file + "<");
        });
  }

  private static String result(Map<String, Object> answer) {
    done(answer);
    return String.valueOf(answer.get("result"));
  }

  private static void done(Map<String, Object> answer) {
    if (answer.containsKey("error")) {
      throw new AssertionError("the old carrier says: " + answer);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
