package dev.owlery.adapter.xmpp.pubsub;

import dev.owlery.adapter.xmpp.link.NodeAddress;
import dev.owlery.api.plugin.Store;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which topics lie on which nodes: those of the configuration, and those that were subscribed to
 * from the chat, which are remembered. Safe for use by several threads.
 */
final class NodeTopics {
  private static final String SUBSCRIBED = "node.";
  private static final String BEFORE = "before.";

  private final Map<String, NodeAddress> configured = new LinkedHashMap<>();
  private final Store memory;

  NodeTopics(Map<String, String> settings, Store memory) {
    settings.forEach((topic, node) -> configured.put(topic, NodeAddress.parse(node)));
    this.memory = memory;
  }

  /** All nodes by topic; the configuration goes first. */
  private Map<String, NodeAddress> all() {
    Map<String, NodeAddress> all = new LinkedHashMap<>();
    memory
        .entries(SUBSCRIBED)
        .forEach(
            (key, topic) -> all.put(topic, NodeAddress.parse(key.substring(SUBSCRIBED.length()))));
    all.putAll(configured);
    return all;
  }

  Set<String> names() {
    return Collections.unmodifiableSet(all().keySet());
  }

  List<NodeAddress> nodes() {
    return new ArrayList<>(new LinkedHashSet<>(all().values()));
  }

  Optional<NodeAddress> node(String topic) {
    return Optional.ofNullable(all().get(topic));
  }

  Optional<String> topic(NodeAddress node) {
    return all().entrySet().stream()
        .filter(entry -> entry.getValue().equals(node))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Topics by node, written. */
  Map<String, String> written() {
    Map<String, String> written = new LinkedHashMap<>();
    all().forEach((topic, node) -> written.put(node.toString(), topic));
    return written;
  }

  boolean isConfigured(NodeAddress node) {
    return configured.containsValue(node);
  }

  void add(NodeAddress node, String topic) {
    memory.put(SUBSCRIBED + node, topic);
  }

  void remove(NodeAddress node) {
    memory.remove(SUBSCRIBED + node);
    memory.remove(BEFORE + node);
  }

  /** The items that were there when a node was first followed; empty if it never was. */
  Optional<Set<String>> before(NodeAddress node) {
    return memory.get(BEFORE + node).map(ids -> new HashSet<>(List.of(ids.split("\n", -1))));
  }

  void remember(NodeAddress node, List<String> ids) {
    memory.put(BEFORE + node, String.join("\n", ids));
  }
}
