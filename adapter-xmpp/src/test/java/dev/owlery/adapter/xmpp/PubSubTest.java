package dev.owlery.adapter.xmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.owlery.api.action.PublishItem;
import dev.owlery.api.adapter.Capability;
import dev.owlery.api.adapter.DoorException;
import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.content.Item;
import dev.owlery.api.content.Text;
import dev.owlery.api.xmpp.XmppNodes;
import dev.owlery.testkit.LiveBot;
import dev.owlery.testkit.xmpp.Prosody;
import dev.owlery.testkit.xmpp.Slixmpp;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Topics on the nodes of a real service, with slixmpp as another publisher and subscriber. */
class PubSubTest {

  private static final AccountId HOME = new AccountId("home");
  private static final String SERVICE = "pubsub.localhost";
  private static final String STAFF = SERVICE + "/staff";

  private static final Map<String, String> TOPICS = Map.of("staff", STAFF);

  private static final String SCRIPT =
      """
      import owlery_slixmpp as base

      class Client(base.Client):
          def __init__(self, jid, password):
              super().__init__(jid, password)
              self.add_event_handler("pubsub_publish", self.on_item)

          def on_item(self, message):
              items = message["pubsub_event"]["items"]
              for item in items["substanzas"]:
                  base.tell("item", node=items["node"], key=item["id"], xml=base.tostring(item.xml))

          async def do_publish(self, order):
              await self["xep_0060"].publish(
                  order["service"], order["node"], id=order["key"], payload=base.ET.fromstring(order["xml"]))

          async def do_follow(self, order):
              await self["xep_0060"].subscribe(order["service"], order["node"], bare=False)

      base.run(Client)
      """;

  @TempDir private Path data;
  private Prosody prosody;
  private Slixmpp ann;
  private LiveBot bot;

  @BeforeEach
  void begin() {
    prosody = Prosody.start();
    prosody.register("ann", "secret");
    ann = Slixmpp.connect(prosody, "ann", "secret", SCRIPT);
    bot = Bots.on(prosody, HOME, equipment(), TOPICS);
  }

  @AfterEach
  void end() {
    bot.close();
    ann.close();
    prosody.close();
  }

  private LiveBot.BotParts equipment() {
    return LiveBot.BotParts.of(ListenerPlugin.class).remembering(data);
  }

  private LiveBot again() {
    return Bots.again(prosody, HOME, equipment(), TOPICS);
  }

  private XmppNodes nodes() {
    return bot.engine().bot().door(HOME, XmppNodes.class).orElseThrow();
  }

  @Test
  void a_topic_of_the_configuration_is_a_node_that_others_publish_on_and_follow() {
    assertThat(bot.adapter().topics()).containsExactly("staff");
    assertThat(bot.adapter().capabilities()).contains(Capability.PUBLISH);
    nodes().affiliate(STAFF, "ann@localhost", "publisher");
    assertThat(nodes().affiliations(STAFF)).containsEntry("ann@localhost", "publisher");
    publish("one", "<person xmlns='urn:x'><name>Robin &amp; Co</name><room>12</room></person>");
    hears("staff one Robin & Co {name=Robin & Co, room=12}");
    assertThat(ann.ask("follow", "service", SERVICE, "node", "staff")).doesNotContainKey("error");
    bot.engine()
        .bot()
        .perform(
            new PublishItem(
                Conversation.ofAccount(HOME),
                "staff",
                new Item(
                    "two",
                    "<b>New</b> & hired",
                    Text.plain("more"),
                    Optional.of(URI.create("https://example.org/?a=1&b=2")),
                    Map.of("login", "robin"),
                    Item.Severity.WARNING)));
    String xml = ann.expect("item", item -> "two".equals(item.get("key"))).get("xml").toString();
    assertThat(xml)
        .contains("&lt;b&gt;New", "more", "robin", "warning", "https://example.org/?a=1");
    hears("staff two <b>New</b> & hired {login=robin}");
  }

  @Test
  void what_was_published_while_the_bot_was_away_comes_once() {
    nodes().affiliate(STAFF, "ann@localhost", "publisher");
    publish("one", "<note xmlns='urn:x'>first</note>");
    hears("staff one first {}");
    bot.close();
    publish("two", "<note xmlns='urn:x'>second</note>");
    bot = again();
    hears("staff two second {}");
    bot.close();
    bot = again();
    publish("three", "<note xmlns='urn:x'>third</note>");
    hears("staff three third {}");
    assertThat(ann.events().stream().filter(event -> "message".equals(event.get("event"))))
        .extracting(event -> event.get("body"))
        .containsOnlyOnce("staff one first {}", "staff two second {}", "staff three third {}");
  }

  @Test
  void nodes_are_made_configured_followed_and_deleted_by_plugins() {
    XmppNodes nodes = nodes();
    String node = SERVICE + "/news";
    nodes.create(node, Map.of("access_model", "whitelist", "persist_items", "true"));
    assertThat(nodes.nodes(SERVICE)).contains("staff", "news");
    assertThat(nodes.configuration(node)).containsEntry("access_model", "whitelist");
    nodes.configure(node, Map.of("access_model", "open"));
    assertThat(nodes.configuration(node)).containsEntry("access_model", "open");
    nodes.subscribe(node, "news");
    assertThat(nodes.subscriptions()).containsEntry(node, "news").containsEntry(STAFF, "staff");
    nodes.publish(node, item("a", "Owls"));
    hears("news a Owls {}");
    assertThat(nodes.items(node, 10)).extracting(Item::title).containsExactly("Owls");
    nodes.retract(node, "a");
    assertThat(nodes.items(node, 10)).isEmpty();
    nodes.unsubscribe(node);
    assertThat(nodes.subscriptions()).doesNotContainKey(node);
    nodes.delete(node);
    assertThat(nodes.nodes(SERVICE)).doesNotContain("news");
    assertThatThrownBy(() -> nodes.delete(node))
        .isInstanceOf(DoorException.class)
        .hasMessageContaining("item-not-found");
    assertThatThrownBy(() -> nodes.unsubscribe(STAFF)).hasMessageContaining("configuration");
    assertThatThrownBy(() -> nodes.create("nonsense", Map.of()))
        .hasMessageContaining("SERVICE/NODE");
  }

  @Test
  void a_persons_own_node_can_be_published_on_and_followed() {
    XmppNodes nodes = nodes();
    String own = "bot@localhost/urn:owlery:test";
    nodes.publish(own, item("p", "Of my own"));
    assertThat(nodes.items(own, 1)).extracting(Item::title).containsExactly("Of my own");
    nodes.subscribe(own, "mine");
    nodes.publish(own, item("q", "Another"));
    hears("mine q Another {}");
  }

  @Test
  void payloads_that_are_no_friends_of_ours_harm_nothing() {
    nodes().affiliate(STAFF, "ann@localhost", "publisher");
    publish("a", "<x xmlns='urn:x'>" + "<y>".repeat(40) + "</y>".repeat(40) + "</x>");
    publish(
        "b",
        "<entry xmlns='http://www.w3.org/2005/Atom'><link href='javascript:alert(1)'/></entry>");
    publish(
        "c",
        "<entry xmlns='http://www.w3.org/2005/Atom'><title>fine</title><updated>never</updated></entry>");
    hears("staff c fine {}");
  }

  private static Item item(String key, String title) {
    return new Item(key, title, Text.plain(""), Optional.empty(), Map.of(), Item.Severity.INFO);
  }

  private void publish(String key, String xml) {
    assertThat(ann.ask("publish", "service", SERVICE, "node", "staff", "key", key, "xml", xml))
        .doesNotContainKey("error");
  }

  private void hears(String text) {
    ann.expect("message", message -> text.equals(message.get("body")));
  }
}
