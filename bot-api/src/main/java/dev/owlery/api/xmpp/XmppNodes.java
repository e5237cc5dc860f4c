package dev.owlery.api.xmpp;

import dev.owlery.api.adapter.Door;
import dev.owlery.api.content.Item;
import java.util.List;
import java.util.Map;

/**
 * Publish-subscribe nodes (XEP-0060) and those of persons (PEP, XEP-0163). A node is written {@code
 * SERVICE/NODE}, for example {@code pubsub.example.org/staff} or {@code alice@example.org/urn:x}.
 *
 * <p>Each method asks the server and waits for its answer, ten seconds at most. All of them throw
 * {@link dev.owlery.api.adapter.DoorException} if the server refuses, does not answer or is not
 * connected, and {@link IllegalArgumentException} if an address is malformed; the texts are fit for
 * a user. Who only wants to publish and to listen uses {@link dev.owlery.api.topic.Topics} instead.
 */
public interface XmppNodes extends Door {

  /**
   * The nodes of a service.
   *
   * @param service its address
   * @return their names, as far as the service shows them
   */
  List<String> nodes(String service);

  /**
   * Makes a node.
   *
   * @param node the node
   * @param options as in section 16.4.4 of XEP-0060, with or without {@code pubsub#}, for example
   *     {@code access_model} = {@code whitelist}
   */
  void create(String node, Map<String, String> options);

  /**
   * How a node is configured.
   *
   * @param node the node
   * @return its options, without {@code pubsub#}
   */
  Map<String, String> configuration(String node);

  /**
   * Changes how a node is configured.
   *
   * @param node the node
   * @param options those that change
   */
  void configure(String node, Map<String, String> options);

  /**
   * Deletes a node with all its items.
   *
   * @param node the node
   */
  void delete(String node);

  /**
   * Publishes an item at once, without the outbox.
   *
   * @param node the node
   * @param item its key becomes the item's id
   */
  void publish(String node, Item item);

  /**
   * Takes an item back.
   *
   * @param node the node
   * @param id the item's id
   */
  void retract(String node, String id);

  /**
   * The items that a node keeps.
   *
   * @param node the node
   * @param most how many, the newest
   * @return the items, in the server's order
   */
  List<Item> items(String node, int most);

  /**
   * Follows a node from now on, over restarts too: its items are published on a topic.
   *
   * @param node the node
   * @param topic the topic
   */
  void subscribe(String node, String topic);

  /**
   * Follows a node no longer.
   *
   * @param node the node
   * @throws IllegalArgumentException also if the configuration maps it to a topic
   */
  void unsubscribe(String node);

  /**
   * What is followed.
   *
   * @return topics by node
   */
  Map<String, String> subscriptions();

  /**
   * Who may do what on a node.
   *
   * @param node the node
   * @return affiliations by bare address
   */
  Map<String, String> affiliations(String node);

  /**
   * Says what somebody may do on a node.
   *
   * @param node the node
   * @param address a bare address
   * @param affiliation one of section 4.1 of XEP-0060, for example {@code publisher}
   */
  void affiliate(String node, String address, String affiliation);
}
