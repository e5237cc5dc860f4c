package dev.owlery.plugins.filerelay;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.file.FileSink;
import dev.owlery.api.file.FileSource;
import dev.owlery.api.file.FileTransport;
import dev.owlery.api.file.IncomingFile;
import dev.owlery.api.file.OutgoingFile;
import dev.owlery.api.file.TransferException;
import dev.owlery.api.file.TransferException.Reason;
import dev.owlery.api.http.Http;
import dev.owlery.api.plugin.Bot;
import dev.owlery.api.plugin.Scheduler;
import dev.owlery.api.plugin.Store;
import dev.owlery.plugins.filerelay.FileRelaySettings.Links;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import org.slf4j.Logger;

/**
 * Files as links on the bot's own listener, which work on every network: a line of chat that a
 * person can click on, and that another Owlery recognises, fetches with resume, checks, and
 * confirms.
 */
final class LinkTransport implements FileTransport {

  static final String NAME = "link";
  private static final String KEY = "link ";
  private static final int TOKEN_BYTES = 16;

  private final Links settings;
  private final Bot bot;
  private final Http http;
  private final Store store;
  private final Clock clock;
  private final Logger log;
  private final LinkRoutes routes;
  private final LinkFetcher fetcher;
  private final LinkReceipts receipts;
  private final SecureRandom random = new SecureRandom();

  LinkTransport(
      Links settings,
      Bot bot,
      Http http,
      Store store,
      Scheduler scheduler,
      Clock clock,
      Logger log) {
    this.settings = settings;
    this.bot = bot;
    this.http = http;
    this.store = store;
    this.clock = clock;
    this.log = log;
    this.routes = new LinkRoutes(http);
    this.fetcher = new LinkFetcher(settings.allow());
    this.receipts = new LinkReceipts(fetcher, store, scheduler, clock, settings.age(), log);
  }

  /** Takes up what an earlier process has told and owes. Who asks for an old link is answered. */
  void start() {
    store.entries(KEY).values().forEach(link -> routes.expect(token(link)));
    if (settings.offer() && !routes.open()) {
      log.info("files are not offered as links: there is no listener");
    }
    receipts.start();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean canReach(Conversation to) throws TransferException {
    if (!settings.offer()) {
      throw new TransferException(Reason.UNREACHABLE, "plugin.file-relay.links.offer is false");
    }
    if (!routes.open()) {
      throw new TransferException(
          Reason.UNREACHABLE, "there is no block http, with which files would go as links");
    }
    return true;
  }

  @Override
  public boolean needsUser() {
    return true;
  }

  @Override
  public boolean offersSurviveReconnect() {
    return true;
  }

  @Override
  public void send(OutgoingFile file, FileSource source) throws IOException, InterruptedException {
    String before = store.get(KEY + file.id()).orElse("");
    String token = before.isEmpty() ? freshToken() : token(before);
    String link = http.address().resolve("transfer/" + token).toString();
    Duration left = Duration.between(clock.instant(), file.madeAt().plus(settings.age()));
    if (left.isNegative()) {
      throw new TransferException(Reason.REFUSED, "nobody has fetched it");
    }
    routes.expect(token);
    try (LinkRoutes.Offer offer = routes.offer(token, file, source)) {
      if (!link.equals(before)) { // not told yet, or the bot is reached elsewhere now
        bot.asOne(() -> announce(file, link));
      }
      Optional<String> refusal = offer.await(left);
      if (refusal.isPresent()) {
        throw new TransferException(Reason.REFUSED, refusal.get());
      }
    }
  }

  /** Who was offered a file says why they do not have it. */
  void failed(Conversation by, FailureLine failure) {
    log.info("{} has not received a file: {}", by.address(), failure.reason());
    if (failure.isFinal()) {
      routes.refused(by, failure);
    }
  }

  /** The end of a transfer is written down: its link, if there was one, is good no more. */
  void ended(String id) {
    store
        .get(KEY + id)
        .ifPresent(link -> {
          store.remove(KEY + id);
          routes.forget(token(link));
        });
  }

  private void announce(OutgoingFile file, String link) {
    store.put(KEY + file.id(), link);
    var _ =
        bot.say(
            file.to(), OfferLine.write(file.name(), file.size(), file.sha256(), URI.create(link)));
  }

  private String freshToken() {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes); // nothing that a network takes for markup
  }

  @Override
  public void receive(IncomingFile file, FileSink sink) throws IOException, InterruptedException {
    URI link = URI.create(file.offer());
    if (sink.offset() < file.file().size().orElse(Long.MAX_VALUE)) {
      fetcher.fetch(link, sink);
    }
    receipts.tell(link, "received " + sink.complete());
  }

  /** A file keeps its token, also where the bot is reached elsewhere now and tells it again. */
  @Override
  public boolean isRetryOf(String earlier, String later) {
    return token(earlier).equals(token(later));
  }

  private static String token(String link) {
    return link.substring(link.lastIndexOf('/') + 1);
  }

  @Override
  public void refuse(IncomingFile file, Reason reason, String text) {
    if (reason == Reason.REFUSED) {
      Thread.ofVirtual()
          .name("refuse-link")
          .start(() -> receipts.tell(URI.create(file.offer()), "refused " + text));
    }
  }

  void close() {
    fetcher.close();
  }
}
