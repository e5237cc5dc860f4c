package dev.owlery.adapter.xmpp.file;

import dev.owlery.adapter.xmpp.link.XmppIdentity;
import dev.owlery.adapter.xmpp.link.XmppLink;
import dev.owlery.adapter.xmpp.link.XmppSettings;
import dev.owlery.adapter.xmpp.text.Markup;
import dev.owlery.api.action.Say;
import dev.owlery.api.adapter.Adapter;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.adapter.Outgoing;
import dev.owlery.api.adapter.ServerTrust;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.FileRef;
import dev.owlery.api.content.Text;
import dev.owlery.api.file.FileSource;
import dev.owlery.api.file.FileTransport;
import dev.owlery.api.file.OutgoingFile;
import dev.owlery.api.file.TransferException;
import dev.owlery.api.file.TransferException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jivesoftware.smackx.httpfileupload.element.Slot;
import org.jivesoftware.smackx.httpfileupload.element.SlotRequest;

/**
 * Files by an upload to the server's own store (XEP-0363) and a message with the link: for rooms,
 * and for whoever is not there now.
 */
public final class UploadTransport implements FileTransport {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration WHOLE = Duration.ofMinutes(30);
  private static final Set<String> HEADERS = Set.of("authorization", "cookie", "expires");

  private final XmppSettings settings;
  private final Supplier<Optional<? extends XmppLink>> link;
  private final Adapter adapter;

  /**
   * Makes it.
   *
   * @param settings the account's
   * @param link the connection of the moment, if the account is online
   * @param adapter says the link
   */
  public UploadTransport(
      XmppSettings settings, Supplier<Optional<? extends XmppLink>> link, Adapter adapter) {
    this.settings = settings;
    this.link = link;
    this.adapter = adapter;
  }

  @Override
  public String name() {
    return "upload";
  }

  private XmppLink link() throws IOException {
    Optional<? extends XmppLink> now = link.get();
    if (now.isEmpty()) {
      throw new IOException("not connected");
    }
    return now.get();
  }

  @Override
  public boolean canReach(Conversation to) throws IOException {
    if (link().features().service(SlotRequest.NAMESPACE).isEmpty()) {
      throw new TransferException(Reason.UNREACHABLE, "the server stores no files (XEP-0363)");
    }
    return true;
  }

  @Override
  public void send(OutgoingFile file, FileSource source) throws IOException, InterruptedException {
    Slot slot = slot(file);
    put(slot, file, source);
    FileRef there =
        new FileRef(
            file.name(),
            Optional.of(file.mediaType()),
            OptionalLong.of(file.size()),
            Optional.of(file.sha256()),
            Optional.of(address(slot.getGetUrl())));
    Outcome outcome =
        wait(
            adapter.perform(
                outgoing(file, new Content(Text.plain(""), List.of(), List.of(there)))));
    if (!(outcome instanceof Outcome.Settled)) {
      throw new IOException("the link could not be said: " + outcome);
    }
  }

  @Override
  public boolean wasDelivered(OutgoingFile file) throws IOException, InterruptedException {
    return wait(adapter.lookUp(outgoing(file, Content.of(file.name())))) instanceof Outcome.Settled;
  }

  private static Outgoing outgoing(OutgoingFile file, Content content) {
    return new Outgoing(file.id(), new Say(file.to(), content), file.attempt(), file.madeAt());
  }

  private static Outcome wait(CompletionStage<Outcome> stage)
      throws IOException, InterruptedException {
    return PeerTimeouts.wait(stage.toCompletableFuture(), PATIENCE);
  }

  private Slot slot(OutgoingFile file) throws IOException, InterruptedException {
    XmppLink on = link();
    String service =
        on.features()
            .service(SlotRequest.NAMESPACE)
            .orElseThrow(
                () -> new TransferException(Reason.UNREACHABLE, "the server stores no files"));
    SlotRequest request =
        new SlotRequest(
            XmppIdentity.address(service).asDomainBareJid(),
            Markup.clean(file.name()),
            Math.max(1, file.size()),
            Markup.clean(file.mediaType()));
    try {
      if (on.ask(request) instanceof Slot slot) {
        return slot;
      }
      throw new IOException("the server's answer makes no sense");
    } catch (XmppLink.StanzaErrorException refused) {
      // Too large, or too much for today: it is the store that refuses, not who is to have it.
      throw new TransferException(
          Reason.UNREACHABLE, "the server's store refuses it: " + refused.getMessage());
    }
  }

  private void put(Slot slot, OutgoingFile file, FileSource source)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address(slot.getPutUrl()))
            .timeout(WHOLE)
            .header("Content-Type", file.mediaType())
            .PUT(body(file, source));
    // XEP-0363 section 4: no others, and no line breaks.
    slot.getHeaders()
        .forEach((name, value) -> {
          if (HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
            request.header(name, value.replaceAll("[\\r\\n]", ""));
          }
        });
    try (HttpClient client = client()) {
      HttpResponse<Void> answer = client.send(request.build(), BodyHandlers.discarding());
      if (answer.statusCode() / 100 == 4) {
        throw new TransferException(
            Reason.UNREACHABLE, "the server's store refuses it: status " + answer.statusCode());
      }
      if (answer.statusCode() / 100 != 2) {
        throw new IOException("the store answers " + answer.statusCode());
      }
    }
  }

  private static BodyPublisher body(OutgoingFile file, FileSource source) {
    if (file.size() == 0) {
      // Stores refuse slots for nothing: an empty file is one line break.
      return BodyPublishers.ofString("\n");
    }
    return BodyPublishers.fromPublisher(
        BodyPublishers.ofInputStream(() -> opened(source)), file.size());
  }

  private static InputStream opened(FileSource source) {
    try {
      return source.from(0);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private HttpClient client() throws IOException {
    HttpClient.Builder builder =
        HttpClient.newBuilder().followRedirects(Redirect.NEVER).connectTimeout(PATIENCE);
    if (settings.authority().isPresent()) {
      try {
        SSLContext context = SSLContext.getInstance("TLS");
        ServerTrust trust = new ServerTrust(Optional.empty(), settings.authority());
        context.init(null, new TrustManager[] {trust.manager()}, null);
        builder.sslContext(context);
      } catch (GeneralSecurityException unusable) {
        throw new IOException(unusable);
      }
    }
    return builder.build();
  }

  private static URI address(URL given) throws IOException {
    try {
      URI address = given.toURI();
      if (!Set.of("http", "https").contains(address.getScheme())) {
        throw new IOException("the store's address is not http or https");
      }
      return address;
    } catch (URISyntaxException malformed) {
      throw new IOException("the store's address is malformed", malformed);
    }
  }
}
