package dev.owlery.adapter.xmpp.link;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the server offers, as service discovery tells (XEP-0030).
 *
 * @param server the features of the server itself
 * @param account the features of the account
 * @param services the addresses of the services beside it, and their features
 * @param silent those of the services that did not say in time
 * @param hasStreamManagement whether stanzas are acknowledged (XEP-0198)
 * @param hasClientState whether it wants to know whether somebody is looking (XEP-0352)
 */
public record ServerFeatures(
    Set<String> server,
    Set<String> account,
    Map<String, Set<String>> services,
    Set<String> silent,
    boolean hasStreamManagement,
    boolean hasClientState) {

  static final String ARCHIVE = "urn:xmpp:mam:2";
  public static final String OFFLINE = "http://jabber.org/protocol/offline";
  static final String ROOMS = "http://jabber.org/protocol/muc";
  private static final String CARBONS = "urn:xmpp:carbons:2";
  private static final String PUBSUB = "http://jabber.org/protocol/pubsub";
  private static final String UPLOAD = "urn:xmpp:http:upload:0";
  private static final String BYTESTREAMS = "http://jabber.org/protocol/bytestreams";

  public static final ServerFeatures NONE =
      new ServerFeatures(Set.of(), Set.of(), Map.of(), Set.of(), false, false);

  public boolean hasArchive() {
    return account.contains(ARCHIVE);
  }

  public boolean hasOfflineRetrieval() {
    return server.contains(OFFLINE) || account.contains(OFFLINE);
  }

  /**
   * A service that has a feature.
   *
   * @param feature the feature's name
   * @return its address
   */
  public Optional<String> service(String feature) {
    return services.entrySet().stream()
        .filter(entry -> entry.getValue().contains(feature))
        .map(Map.Entry::getKey)
        .sorted()
        .findFirst();
  }

  /** Whether there are rooms at an address. */
  public boolean isRoomService(String domain) {
    return services.getOrDefault(domain, Set.of()).contains(ROOMS);
  }

  /** Whether there may be rooms at an address: there are, or the service does not say. */
  public boolean mayBeRoomService(String domain) {
    return isRoomService(domain) || silent.contains(domain);
  }

  /**
   * What is there and what is missing, for a person.
   *
   * @return one line
   */
  public String summary() {
    List<String> there = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    sort("sm", hasStreamManagement, there, missing);
    sort("mam", hasArchive(), there, missing);
    sort("offline", hasOfflineRetrieval(), there, missing);
    sort("carbons", server.contains(CARBONS), there, missing);
    sort("csi", hasClientState, there, missing);
    sort("pep", account.contains(PUBSUB + "#publish"), there, missing);
    sort("muc", service(ROOMS).isPresent(), there, missing);
    sort("pubsub", service(PUBSUB).isPresent(), there, missing);
    sort("upload", service(UPLOAD).isPresent(), there, missing);
    sort("proxy65", service(BYTESTREAMS).isPresent(), there, missing);
    return "offers "
        + (there.isEmpty() ? "nothing" : String.join(", ", there))
        + (missing.isEmpty() ? "" : "; missing " + String.join(", ", missing))
        + (silent.isEmpty() ? "" : "; no answer from " + String.join(", ", silent));
  }

  private static void sort(String name, boolean has, List<String> there, List<String> missing) {
    (has ? there : missing).add(name);
  }
}
