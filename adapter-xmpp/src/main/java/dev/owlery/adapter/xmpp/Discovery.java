package dev.owlery.adapter.xmpp;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jivesoftware.smack.packet.EmptyResultIQ;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smackx.csi.ClientStateIndicationManager;
import org.jivesoftware.smackx.disco.packet.DiscoverInfo;
import org.jivesoftware.smackx.disco.packet.DiscoverItems;
import org.jxmpp.jid.Jid;

/** Asks the server what it offers (XEP-0030), everything at once. For the account's own thread. */
final class Discovery {
  private static final int MOST_SERVICES = 30;
  private static final int PATIENCE_SECONDS = 3;

  /** Stands for an answer that did not come. */
  private static final IQ NOTHING = new EmptyResultIQ();

  private final XmppLink link;

  Discovery(XmppLink link) {
    this.link = link;
  }

  /**
   * Asks.
   *
   * @param hasStreamManagement what the login has shown already
   * @return what the server says; what it does not answer counts as not offered
   * @throws IOException if the connection ends
   * @throws InterruptedException if the account is closed
   */
  ServerFeatures discover(boolean hasStreamManagement) throws IOException, InterruptedException {
    Jid server = link.connection().getXMPPServiceDomain();
    CompletableFuture<IQ> ofServer = link.request(info(server));
    CompletableFuture<IQ> ofAccount = link.request(info(link.identity().own()));
    Map<String, CompletableFuture<IQ>> ofServices = new LinkedHashMap<>();
    for (Jid service : services(server)) {
      ofServices.put(service.toString(), link.request(info(service)));
    }
    Map<String, Set<String>> services = new LinkedHashMap<>();
    for (Map.Entry<String, CompletableFuture<IQ>> each : ofServices.entrySet()) {
      services.put(each.getKey(), features(each.getValue()));
    }
    return new ServerFeatures(
        features(ofServer),
        features(ofAccount),
        services,
        hasStreamManagement,
        ClientStateIndicationManager.isSupported(link.connection()));
  }

  /**
   * What somebody announces. Waits a few seconds.
   *
   * @param about whom to ask
   * @return the features' names; none if there is no answer
   * @throws IOException if the connection ends
   * @throws InterruptedException if the account is closed
   */
  Set<String> features(Jid about) throws IOException, InterruptedException {
    CompletableFuture<IQ> answer = link.request(info(about));
    return features(answer.completeOnTimeout(NOTHING, PATIENCE_SECONDS, TimeUnit.SECONDS));
  }

  private IQ info(Jid about) {
    return DiscoverInfo.builder(link.connection()).to(about).build();
  }

  private List<Jid> services(Jid server) throws IOException, InterruptedException {
    DiscoverItems question = new DiscoverItems();
    question.setTo(server);
    try {
      return link.ask(question) instanceof DiscoverItems items
          ? items.getItems().stream()
              .filter(item -> item.getNode() == null)
              .map(DiscoverItems.Item::getEntityID)
              .limit(MOST_SERVICES)
              .toList()
          : List.of();
    } catch (XmppLink.Refused none) {
      return List.of();
    }
  }

  private Set<String> features(CompletableFuture<IQ> answer)
      throws IOException, InterruptedException {
    CompletableFuture<IQ> orNothing = answer.exceptionally(none -> NOTHING);
    return link.await(orNothing) instanceof DiscoverInfo info
        ? info.getFeatures().stream()
            .map(DiscoverInfo.Feature::getVar)
            .collect(Collectors.toUnmodifiableSet())
        : Set.of();
  }
}
