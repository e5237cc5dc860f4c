package dev.owlery.adapter.xmpp;

import dev.owlery.testkit.xmpp.Slixmpp;
import dev.owlery.testkit.xmpp.XmppServer;
import java.util.Map;

/**
 * Plays the old file carrier with slixmpp: raw SOCKS5 bytestreams, and lines of chat that name the
 * files. As a receiver it has one file at a time, and calls it what was said last when its stream
 * ends.
 */
record OldProgram(Slixmpp client, String address) implements AutoCloseable {

  private static final String SCRIPT =
      """
      import hashlib
      import os
      import owlery_slixmpp as base

      ANNOUNCED = "Send file: "

      class Carrier(base.Client):
          def __init__(self, jid, password):
              super().__init__(jid, password)
              self.register_plugin("xep_0045")
              self.register_plugin("xep_0060")
              self.register_plugin("xep_0065", {"auto_accept": True})
              self.room = None
              self.last_name = "unknown"
              self.content = hashlib.sha256()
              self.size = 0
              self.sending = 0
              self.add_event_handler("socks5_data", self.on_data)
              self.add_event_handler("socks5_closed", self.on_closed)

          def on_message(self, message):
              super().on_message(message)
              mine = message["type"] == "groupchat" or message["to"].full == self.boundjid.full
              if mine and ANNOUNCED in message["body"]:
                  self.last_name = message["body"].split(": ")[1]

          def on_data(self, data):
              self.content.update(data)
              self.size += len(data)

          def on_closed(self, trouble):
              if self.sending:
                  self.sending -= 1
                  base.tell("sent")
                  return
              base.tell("stored", name=self.last_name, sha256=self.content.hexdigest(), size=self.size)
              if self.room:
                  self.send_message(self.room, "New file: " + self.last_name, mtype="groupchat")
              self.last_name = "unknown"
              self.content = hashlib.sha256()
              self.size = 0

          async def do_enter(self, order):
              await super().do_enter(order)
              self.room = order["room"]

          async def do_stream(self, order):
              self.sending += 1
              content = os.urandom(order["size"])
              try:
                  proxy = await self["xep_0065"].handshake(base.slixmpp.JID(order["to"]))
              except Exception:
                  self.sending -= 1
                  raise
              for start in range(0, len(content), 100):
                  await proxy.write(content[start:start + 100])
              proxy.transport.write_eof()
              return hashlib.sha256(content).hexdigest()

          async def do_send(self, order):
              try:
                  return await self.do_stream(order)
              finally:
                  self.do_name(order)

          def do_name(self, order):
              where = self.room if self.room else order["to"]
              kind = "groupchat" if self.room else "chat"
              self.send_message(where, ANNOUNCED + order["name"], mtype=kind)

          async def do_publish(self, order):
              payload = base.ET.fromstring(order["payload"])
              await self["xep_0060"].publish(order["service"], order["node"], payload=payload)

          async def do_subscribe(self, order):
              await self["xep_0060"].subscribe(order["service"], order["node"])

      base.run(Carrier)
      """;

  static OldProgram connect(XmppServer server, String user, String password) {
    Slixmpp client = Slixmpp.connect(server, user, password, SCRIPT);
    String address =
        client.events().stream()
            .filter(event -> "online".equals(event.get("event")))
            .map(event -> String.valueOf(event.get("address")))
            .findFirst()
            .orElseThrow();
    return new OldProgram(client, address);
  }

  void enter(String room, String nick) {
    done(client.ask("enter", "room", room, "nick", nick));
  }

  /** Sends a file and its name; returns its SHA-256. */
  String send(String to, String name, int size) {
    return result(client.ask("send", "to", to, "name", name, "size", size));
  }

  /** Sends a file without its name; returns its SHA-256. */
  String stream(String to, int size) {
    return result(client.ask("stream", "to", to, "size", size));
  }

  /** Tells a name. */
  void name(String to, String name) {
    done(client.ask("name", "to", to, "name", name));
  }

  /** Waits for a file; tells what it is called and its SHA-256. */
  Map<String, Object> stored() {
    return client.expect("stored", any -> true);
  }

  private static String result(Map<String, Object> answer) {
    done(answer);
    return String.valueOf(answer.get("result"));
  }

  private static void done(Map<String, Object> answer) {
    if (answer.containsKey("error")) {
      throw new AssertionError("the old program says: " + answer);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
