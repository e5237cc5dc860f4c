package dev.owlery.plugins.pubsub;

import dev.owlery.api.adapter.DoorException;
import dev.owlery.api.chat.AccountId;
import dev.owlery.api.command.CommandException;
import dev.owlery.api.command.TypedText;
import dev.owlery.api.content.Item;
import dev.owlery.api.content.Text;
import dev.owlery.api.plugin.Bot;
import dev.owlery.api.plugin.Plugin;
import dev.owlery.api.xmpp.XmppNodes;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.incendo.cloud.annotation.specifier.Greedy;
import org.incendo.cloud.annotations.Argument;
import org.incendo.cloud.annotations.Command;
import org.incendo.cloud.annotations.CommandDescription;
import org.incendo.cloud.annotations.Permission;
import org.jspecify.annotations.Nullable;

/**
 * Publish-subscribe nodes from chat, for administrators. A node is written {@code
 * ACCOUNT/SERVICE/NODE}. Stateless; may be called from any thread.
 */
public final class PubsubPlugin implements Plugin {

  private static final String PERMISSION = "admin.topic";
  private static final String DONE = "done";
  private static final int SHOWN = 10;

  private final Bot bot;

  @Inject
  PubsubPlugin(Bot bot) {
    this.bot = bot;
  }

  /**
   * Lists the nodes of a service, and what is followed.
   *
   * @param service written {@code ACCOUNT/SERVICE}
   * @return a line for each
   */
  @Command("topic list <service>")
  @Permission(PERMISSION)
  @CommandDescription("Lists the nodes of a service")
  public List<String> list(@Argument("service") String service) {
    return at(
        service,
        (nodes, address) -> {
          Map<String, String> followed = nodes.subscriptions();
          return lines(
              nodes.nodes(address).stream()
                  .map(node -> node + topic(followed.get(address + "/" + node)))
                  .toList());
        });
  }

  private static String topic(@Nullable String topic) {
    return topic == null ? "" : " (topic " + topic + ")";
  }

  /**
   * Makes a node.
   *
   * @param node the node
   * @param options {@code name=value}, separated by blanks
   * @return one line
   */
  @Command("topic create <node> <options>")
  @Permission(PERMISSION)
  @CommandDescription("Makes a node, with options such as access_model=open")
  public String create(@Argument("node") String node, @Argument("options") @Greedy String options) {
    return does(node, (nodes, address) -> nodes.create(address, options(options)));
  }

  /**
   * Makes a node with the service's own options.
   *
   * @param node the node
   * @return one line
   */
  @Command("topic create <node>")
  @Permission(PERMISSION)
  @CommandDescription("Makes a node")
  public String create(@Argument("node") String node) {
    return does(node, (nodes, address) -> nodes.create(address, Map.of()));
  }

  /**
   * Shows how a node is configured.
   *
   * @param node the node
   * @return a line for each option
   */
  @Command("topic options <node>")
  @Permission(PERMISSION)
  @CommandDescription("Shows how a node is configured")
  public List<String> configuration(@Argument("node") String node) {
    return at(node, (nodes, address) -> pairs(nodes.configuration(address), " = "));
  }

  /**
   * Changes how a node is configured.
   *
   * @param node the node
   * @param options {@code name=value}, separated by blanks
   * @return one line
   */
  @Command("topic configure <node> <options>")
  @Permission(PERMISSION)
  @CommandDescription("Changes how a node is configured")
  public String configure(
      @Argument("node") String node, @Argument("options") @Greedy String options) {
    return does(node, (nodes, address) -> nodes.configure(address, options(options)));
  }

  /**
   * Deletes a node.
   *
   * @param node the node
   * @return one line
   */
  @Command("topic delete <node>")
  @Permission(PERMISSION)
  @CommandDescription("Deletes a node with all its items")
  public String delete(@Argument("node") String node) {
    return does(node, XmppNodes::delete);
  }

  /**
   * Publishes an item.
   *
   * @param node the node
   * @param title its title
   * @return one line
   */
  @Command("topic publish <node> <title>")
  @Permission(PERMISSION)
  @CommandDescription("Publishes an item on a node")
  public String publish(@Argument("node") String node, @Argument("title") @Greedy String title) {
    Item item =
        new Item(
            UUID.randomUUID().toString(),
            title,
            Text.plain(""),
            Optional.empty(),
            Map.of(),
            Item.Severity.INFO);
    return does(node, (nodes, address) -> nodes.publish(address, item));
  }

  /**
   * Shows the newest items of a node.
   *
   * @param node the node
   * @return a line for each
   */
  @Command("topic items <node>")
  @Permission(PERMISSION)
  @CommandDescription("Shows the newest items of a node")
  public List<String> items(@Argument("node") String node) {
    return at(
        node,
        (nodes, address) ->
            lines(
                nodes.items(address, SHOWN).stream()
                    .map(item -> item.key() + ": " + item.title())
                    .toList()));
  }

  /**
   * Follows a node.
   *
   * @param node the node
   * @param topic the topic on which its items are published
   * @return one line
   */
  @Command("topic subscribe <node> <topic>")
  @Permission(PERMISSION)
  @CommandDescription("Publishes a node's items on a topic")
  public String subscribe(@Argument("node") String node, @Argument("topic") String topic) {
    return does(node, (nodes, address) -> nodes.subscribe(address, topic));
  }

  /**
   * Follows a node no longer.
   *
   * @param node the node
   * @return one line
   */
  @Command("topic unsubscribe <node>")
  @Permission(PERMISSION)
  @CommandDescription("Follows a node no longer")
  public String unsubscribe(@Argument("node") String node) {
    return does(node, XmppNodes::unsubscribe);
  }

  /**
   * Shows who may do what.
   *
   * @param node the node
   * @return a line for each
   */
  @Command("topic affiliations <node>")
  @Permission(PERMISSION)
  @CommandDescription("Shows who may do what on a node")
  public List<String> affiliations(@Argument("node") String node) {
    return at(node, (nodes, address) -> pairs(nodes.affiliations(address), ": "));
  }

  /**
   * Says what somebody may do.
   *
   * @param node the node
   * @param who a bare address
   * @param affiliation owner, publisher, publish-only, member, none or outcast
   * @return one line
   */
  @Command("topic affiliate <node> <who> <affiliation>")
  @Permission(PERMISSION)
  @CommandDescription("Makes somebody owner, publisher, member, none or outcast of a node")
  public String affiliate(
      @Argument("node") String node,
      @Argument("who") String who,
      @Argument("affiliation") String affiliation) {
    return does(node, (nodes, address) -> nodes.affiliate(address, who, affiliation));
  }

  private String does(String written, BiConsumer<XmppNodes, String> deed) {
    return at(
        written,
        (nodes, address) -> {
          deed.accept(nodes, address);
          return DONE;
        });
  }

  private <R> R at(String written, BiFunction<XmppNodes, String, R> question) {
    int slash = written.indexOf('/');
    if (slash < 1) {
      throw new CommandException("A node is written ACCOUNT/SERVICE/NODE.");
    }
    try {
      XmppNodes nodes =
          bot.door(new AccountId(written.substring(0, slash)), XmppNodes.class)
              .orElseThrow(() -> new IllegalArgumentException("that network has no nodes"));
      return question.apply(nodes, written.substring(slash + 1));
    } catch (DoorException | IllegalArgumentException refused) {
      throw new CommandException("That did not work: " + refused.getMessage());
    }
  }

  private static Map<String, String> options(String written) {
    Map<String, String> options = new LinkedHashMap<>();
    for (String word : TypedText.words(written)) {
      int equals = word.indexOf('=');
      if (equals > 0) {
        options.put(word.substring(0, equals), word.substring(equals + 1));
      } else {
        throw new IllegalArgumentException("an option is written NAME=VALUE, not " + word);
      }
    }
    return options;
  }

  private static List<String> pairs(Map<String, String> pairs, String between) {
    return lines(
        pairs.entrySet().stream().map(pair -> pair.getKey() + between + pair.getValue()).toList());
  }

  private static List<String> lines(List<String> lines) {
    return lines.isEmpty() ? List.of("nothing") : lines;
  }
}
