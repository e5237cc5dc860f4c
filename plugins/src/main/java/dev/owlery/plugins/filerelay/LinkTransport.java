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
import dev.owlery.api.plugin.Store;
import dev.owlery.plugins.filerelay.FileRelaySettings.Links;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

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
  private final LinkRoutes routes;
  private final LinkFetcher fetcher;
  private final SecureRandom random = new SecureRandom();

  LinkTransport(Links settings, Bot bot, Http http, Store store, Clock clock, LinkRoutes routes) {
    this.settings = settings;
    this.bot = bot;
    this.http = http;
    this.store = store;
    this.clock = clock;
    this.routes = routes;
    this.fetcher = new LinkFetcher(settings.allow());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean reaches(Conversation to) {
    return settings.offer() && routes.open();
  }

  @Override
  public boolean waitsForPeople() {
    return true;
  }

  @Override
  public boolean offersStayGood() {
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
    try (LinkRoutes.Offer offer = routes.offer(token, file, source)) {
      if (!link.equals(before)) { // not told yet, or the bot is reached elsewhere now
        bot.asOne(() -> announce(file, link));
      }
      Optional<String> refusal = offer.await(left);
      if (refusal.isPresent()) {
        throw new TransferException(Reason.REFUSED, refusal.get());
      }
    }
    store.remove(KEY + file.id());
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
    fetcher.fetch(URI.create(file.offer()), sink);
  }

  /** A file keeps its token, also where the bot is reached elsewhere now and tells it again. */
  @Override
  public boolean isSameSending(String earlier, String later) {
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
          .start(() -> fetcher.refuse(URI.create(file.offer()), text));
    }
  }

  void close() {
    fetcher.close();
  }
}
