package dev.owlery.adapter.xmpp.file;

import dev.owlery.adapter.xmpp.link.InboundMessage;
import dev.owlery.adapter.xmpp.link.XmppFileSettings;
import dev.owlery.adapter.xmpp.link.XmppFileSettings.Compatible;
import dev.owlery.adapter.xmpp.text.Stanzas;
import dev.owlery.api.action.Receipt;
import dev.owlery.api.action.Say;
import dev.owlery.api.adapter.Adapter;
import dev.owlery.api.adapter.AdapterContext;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.adapter.Outgoing;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.Text;
import dev.owlery.api.file.FileSink;
import dev.owlery.api.file.OutgoingFile;
import dev.owlery.api.folder.SafeName;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jxmpp.jid.Jid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lines of chat by which older programs tell what a stream is called: {@code Send file: NAME}
 * from who sends, {@code New file: NAME} from who has received it. Said in a room or to the other
 * program alone; believed from the very client that sent the stream. Any thread.
 */
public final class LegacyFileNames {
  private static final Logger LOG = LoggerFactory.getLogger(LegacyFileNames.class);
  private static final String SENT = "Send file: ";
  private static final String RECEIVED = "New file: ";

  /** What such programs answer who names them. */
  private static final String CALLED = "I heard that, ";

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** A line and the end of a stream go different ways. The line should be there first. */
  private static final Duration AHEAD = Duration.ofMillis(200);

  /** How long who receives may take to say so; some never do. */
  private static final Duration THANKS = Duration.ofSeconds(2);

  private final XmppFileSettings settings;
  private final Compatible how;
  private final Adapter adapter;
  private final AdapterContext context;
  private final PendingFileNames names = new PendingFileNames();
  private final Map<Jid, CompletableFuture<Boolean>> thanks = new ConcurrentHashMap<>();

  /**
   * Makes it.
   *
   * @param settings who such programs are
   * @param how where they talk
   * @param adapter says our lines
   * @param context the core
   */
  public LegacyFileNames(
      XmppFileSettings settings, Compatible how, Adapter adapter, AdapterContext context) {
    this.settings = settings;
    this.how = how;
    this.adapter = adapter;
    this.context = context;
  }

  /** Whether it is one of the lines that such programs say, and meant for others like them. */
  public static boolean isLine(String body) {
    return List.of(SENT, RECEIVED, CALLED).stream().anyMatch(body::startsWith);
  }

  /**
   * Somebody has just said something. On the reading thread.
   *
   * @param heard what
   * @param speaker the full address of whose client it was
   */
  void heard(InboundMessage heard, Jid speaker) {
    String body = Stanzas.orEmpty(heard.message().getBody());
    boolean isHere = !heard.isRoom() || how.room().equals(Optional.of(heard.where().room()));
    if (!isHere) {
      return;
    }
    boolean isTrusted = settings.bareFrom().contains(speaker.asBareJid().toString());
    if (body.startsWith(SENT) && isTrusted) {
      if (!names.told(speaker, body.substring(SENT.length()))) {
        LOG.debug("{} tells the name of a file that goes elsewhere, or too late", speaker);
      }
    } else if (body.startsWith(RECEIVED)) {
      Optional.ofNullable(thanks.get(speaker)).ifPresent(waiting -> waiting.complete(true));
    }
  }

  /** A client's stream begins, and its name will follow. In the order of the streams. */
  PendingFileNames.UnnamedStream expect(Jid sender) {
    return names.begins(sender);
  }

  /**
   * Gives a received file its name, and says so.
   *
   * @param sink the file, all of whose bytes are there
   * @param name waits for its name
   * @param sender the client that sent it
   * @throws IOException if the file cannot be kept
   * @throws InterruptedException if the thread is interrupted
   */
  void complete(FileSink sink, PendingFileNames.UnnamedStream name, Jid sender)
      throws IOException, InterruptedException {
    Optional<String> told = name.await(how.patience()).filter(text -> !text.isBlank());
    if (told.isEmpty()) {
      LOG.warn("{} has not told what a file is called", sender);
      String _ = sink.complete();
      return;
    }
    String _ = sink.complete(told.get());
    var _ = say(RECEIVED + SafeName.of(told.get()), sender, UUID.randomUUID().toString());
  }

  /**
   * Checks whether a file's name can be told: it goes into the room behind the bytes.
   *
   * @throws IOException if the bot is not in the room now
   */
  void checkRoom() throws IOException {
    Optional<Conversation> room = room();
    if (room.isPresent() && !adapter.rooms().contains(room.get())) {
      throw new IOException("not in the room where names of files are told");
    }
  }

  private Optional<Conversation> room() {
    return how.room().map(name -> Conversation.room(context.account(), name));
  }

  /**
   * Tells a file's name when all its bytes are read, just before their end: for the other program
   * uses the last name that it has heard when the stream ends.
   *
   * @param bytes the file
   * @param file what it is called
   * @param to the client that gets it
   * @return the same bytes; the caller closes it
   */
  InputStream telling(InputStream bytes, OutgoingFile file, Jid to) {
    return new EndHookInputStream(bytes, () -> tell(file, to));
  }

  private void tell(OutgoingFile file, Jid to) throws IOException, InterruptedException {
    String token = file.id() + "-" + file.attempt() + "-name";
    Outcome outcome =
        PeerTimeouts.wait(say(SENT + file.name(), to, token).toCompletableFuture(), PATIENCE);
    boolean isSaid =
        outcome instanceof Outcome.Settled settled
            && settled.receipt() instanceof Receipt.Delivered;
    if (!isSaid) {
      throw new IOException("the file's name could not be told: " + outcome);
    }
    boolean _ =
        PeerTimeouts.wait(
            new CompletableFuture<Boolean>()
                .completeOnTimeout(true, AHEAD.toMillis(), TimeUnit.MILLISECONDS),
            PATIENCE);
  }

  private CompletionStage<Outcome> say(String line, Jid to, String token) {
    Conversation where =
        room().orElseGet(() -> Conversation.direct(context.account(), to.toString()));
    return adapter.perform(
        new Outgoing(
            token, new Say(where, Content.of(Text.plain(line))), 1, context.clock().instant()));
  }

  /** Sends something, and gives the other program the time to put it away. */
  @FunctionalInterface
  interface LineSender {
    void run() throws IOException, InterruptedException;
  }

  /**
   * Sends a file to a program that takes one at a time, and waits for a while until it says that it
   * has it.
   *
   * @param to the client that gets it
   * @param sending sends it
   * @throws IOException if that fails
   * @throws InterruptedException if the thread is interrupted
   */
  void sendAndWait(Jid to, LineSender sending) throws IOException, InterruptedException {
    CompletableFuture<Boolean> stored = new CompletableFuture<>();
    thanks.put(to, stored);
    try {
      sending.run();
      awaitThanks(stored);
    } finally {
      thanks.remove(to);
    }
  }

  private static void awaitThanks(CompletableFuture<Boolean> stored) throws InterruptedException {
    try {
      boolean _ = PeerTimeouts.wait(stored, THANKS);
    } catch (IOException silent) {
      LOG.debug("who receives says nothing: {}", silent.getMessage());
    }
  }
}
