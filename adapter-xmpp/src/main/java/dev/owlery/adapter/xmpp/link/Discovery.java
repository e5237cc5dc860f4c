package dev.owlery.adapter.xmpp.link;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jivesoftware.smack.packet.EmptyResultIQ;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smackx.csi.ClientStateIndicationManager;
import org.jivesoftware.smackx.disco.packet.DiscoverInfo;
import org.jivesoftware.smackx.disco.packet.DiscoverItems;
import org.jxmpp.jid.Jid;

/**
 * Asks the server what it offers (XEP-0030), everything at once. A service beside it, which may be
 * anybody's program, can keep us waiting for moments only. For the account's own thread.
 */
public final class Discovery {
  private static final int MOST_SERVICES = 30;

  /** How long all services together may take. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** Stands for a service's answer that did not come. */
  private static final IQ SILENCE = new EmptyResultIQ();

  private final XmppLink link;

  public Discovery(XmppLink link) {
    this.link = link;
  }

  /**
   * Asks.
   *
   * @param hasStreamManagement what the login has shown already
   * @return what the server says; what it refuses to say counts as not offered
   * @throws IOException if the connection ends, or the server does not answer for itself or for the
   *     account
   * @throws InterruptedException if the account is closed
   */
  public ServerFeatures discover(boolean hasStreamManagement)
      throws IOException, InterruptedException {
    Jid server = link.connection().getXMPPServiceDomain();
    CompletableFuture<IQ> ofServer = link.request(info(server));
    CompletableFuture<IQ> ofAccount = link.request(info(link.identity().own()));
    Map<String, CompletableFuture<IQ>> ofServices = new LinkedHashMap<>();
    for (Jid service : services(server)) {
      ofServices.put(service.toString(), askInTime(service));
    }
    Map<String, Set<String>> services = new LinkedHashMap<>();
    Set<String> silent = new TreeSet<>();
    for (Map.Entry<String, CompletableFuture<IQ>> each : ofServices.entrySet()) {
      Optional<Set<String>> offered = read(each.getValue());
      services.put(each.getKey(), offered.orElse(Set.of()));
      if (offered.isEmpty()) {
        silent.add(each.getKey());
      }
    }
    return new ServerFeatures(
        read(ofServer).orElse(Set.of()),
        read(ofAccount).orElse(Set.of()),
        services,
        silent,
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
  public Set<String> features(Jid about) throws IOException, InterruptedException {
    return read(askInTime(about)).orElse(Set.of());
  }

  private CompletableFuture<IQ> askInTime(Jid about) {
    return link.request(info(about))
        .completeOnTimeout(SILENCE, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
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
    } catch (XmppLink.StanzaErrorException none) {
      return List.of();
    }
  }

  /** Empty if there was no answer in time. */
  private Optional<Set<String>> read(CompletableFuture<IQ> answer)
      throws IOException, InterruptedException {
    try {
      return switch (link.await(answer)) {
        case DiscoverInfo info ->
            Optional.of(
                info.getFeatures().stream()
                    .map(DiscoverInfo.Feature::getVar)
                    .collect(Collectors.toUnmodifiableSet()));
        case EmptyResultIQ _ -> Optional.empty();
        default -> Optional.of(Set.of());
      };
    } catch (XmppLink.StanzaErrorException nothing) {
      return Optional.of(Set.of());
    }
  }
}
