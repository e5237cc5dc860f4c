package dev.owlery.adapter.xmpp.chat;

import dev.owlery.adapter.xmpp.link.XmppLink;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Date;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smackx.mam.element.MamElements.MamResultExtension;
import org.jivesoftware.smackx.mam.element.MamFinIQ;
import org.jivesoftware.smackx.mam.element.MamQueryIQ;
import org.jivesoftware.smackx.mam.element.MamVersion;
import org.jivesoftware.smackx.rsm.packet.RSMSet;
import org.jivesoftware.smackx.xdata.FormField;
import org.jivesoftware.smackx.xdata.packet.DataForm;
import org.jspecify.annotations.Nullable;
import org.jxmpp.jid.BareJid;
import org.jxmpp.jid.Jid;

/**
 * Reads what archives have kept (XEP-0313), above all what was missed. Only what was asked for is
 * believed, and only from whom it was asked. What was missed is handled on the reading thread, in
 * the archive's order, before anything new is told.
 *
 * <p>An archive is read twice at each login: before the server is told that we are there, or the
 * room that we come in, and after that, since what is said between the end of the first reading and
 * then is in the archive and is not delivered. Only behind the second reading there is no gap: what
 * is heard before it says nothing about how far the archive was read. The second one begins five
 * seconds before the end of the first: ids are given out when a message is sent, and servers
 * archive it a little later, when others with higher ids are there.
 */
public final class Archive {
  private static final int PAGE = 200;

  /** Archives have whole seconds, and clocks differ. */
  private static final Duration SLACK = Duration.ofSeconds(60);

  /** A message is in the archive when others are that were said so much later. */
  private static final Duration SETTLED = Duration.ofSeconds(5);

  private static final int MOST_UNSETTLED = 10_000;

  /**
   * A message in an archive.
   *
   * @param message as it was then
   * @param id the archive's id for it
   * @param at when it was said
   */
  record ArchivedMessage(Message message, String id, Instant at) {}

  private record ArchiveQuery(Jid archive, Consumer<ArchivedMessage> each) {}

  private final XmppSession session;
  private final XmppConversations conversations;
  private final Map<String, ArchiveQuery> open = new ConcurrentHashMap<>();
  private final Set<String> gapless = ConcurrentHashMap.newKeySet();

  /** Where the next reading of this login begins, where there was one. */
  private final Map<String, ArchiveMarks.ArchiveMark> settled = new ConcurrentHashMap<>();

  Archive(XmppSession session, XmppConversations conversations) {
    this.session = session;
    this.conversations = conversations;
  }

  /**
   * A message has come; perhaps it is an answer.
   *
   * @param message the message
   * @return true if it says that it is one, wanted or not
   */
  boolean result(Message message) {
    MamResultExtension result = MamResultExtension.from(message);
    if (result == null) {
      return false;
    }
    ArchiveQuery query = result.getQueryId() == null ? null : open.get(result.getQueryId());
    if (query != null && isFrom(query.archive(), message.getFrom())) {
      var forwarded = result.getForwarded();
      Instant at =
          forwarded.getDelayInformation() == null
              ? session.context().clock().instant()
              : forwarded.getDelayInformation().getStamp().toInstant();
      query.each().accept(new ArchivedMessage(forwarded.getForwardedStanza(), result.getId(), at));
    }
    return true;
  }

  private boolean isFrom(Jid archive, @Nullable Jid from) {
    return from == null ? archive.equals(session.identity().own()) : archive.equals(from);
  }

  /**
   * Whether all is read that an archive had before what this login hears now: then a message that
   * is heard is the newest that need not be read again.
   *
   * @param archive its address
   */
  boolean isGapless(String archive) {
    return gapless.contains(archive);
  }

  /** Nothing is missing between what was read of an archive and what is told from now on. */
  void gapless(BareJid archive) {
    gapless.add(archive.toString());
  }

  /** We are going where an archive's messages are delivered: what is said on the way is not. */
  void mayHaveGap(BareJid archive) {
    gapless.remove(archive.toString());
  }

  /**
   * Publishes what was said to us alone since the last time. The first time there is none, and
   * nothing is published.
   *
   * @throws IOException if the connection ends
   * @throws InterruptedException if the account is closed
   */
  void catchUpOwn() throws IOException, InterruptedException {
    boolean _ =
        catchUp(
            session.identity().own(),
            kept -> conversations.inbound().archived(kept.message(), kept.id(), kept.at()));
  }

  /**
   * Publishes what was said in a room since the last time.
   *
   * @param room the room
   * @return false if the room keeps nothing, or nothing of it was ever seen
   * @throws IOException if the connection ends
   * @throws InterruptedException if the account is closed
   */
  boolean catchUp(BareJid room) throws IOException, InterruptedException {
    return catchUp(
        room, kept -> conversations.talk().archived(kept.message(), room, kept.id(), kept.at()));
  }

  private boolean catchUp(BareJid archive, Consumer<ArchivedMessage> each)
      throws IOException, InterruptedException {
    ArchiveMarks marks = session.parts().marks();
    Optional<ArchiveMarks.ArchiveMark> mark =
        Optional.ofNullable(settled.get(archive.toString()))
            .or(() -> marks.mark(archive.toString()));
    if (mark.isEmpty()) {
      rememberEnd(archive);
      return false;
    }
    OwnMessages own = conversations.ownMessages();
    Deque<ArchiveMarks.ArchiveMark> unsettled = new ArrayDeque<>(List.of(mark.get()));
    try {
      own.begin(archive, mark.get());
      readFrom(
          archive,
          mark.get(),
          kept -> {
            own.passed(archive, kept);
            each.accept(kept);
            settle(unsettled, kept);
          });
      settled.put(archive.toString(), unsettled.getFirst());
      return true;
    } catch (XmppLink.StanzaErrorException none) {
      return false;
    }
  }

  /** The first that is left is the last behind which an archive may still come to have more. */
  private void settle(Deque<ArchiveMarks.ArchiveMark> unsettled, ArchivedMessage kept) {
    Instant now = session.context().clock().instant();
    unsettled.addLast(new ArchiveMarks.ArchiveMark(kept.id(), kept.at(), now));
    Instant before = kept.at().minus(SETTLED);
    ArchiveMarks.ArchiveMark first = unsettled.removeFirst();
    while (!unsettled.getFirst().at().isAfter(before) || unsettled.size() > MOST_UNSETTLED) {
      first = unsettled.removeFirst();
    }
    unsettled.addFirst(first);
  }

  /** The first time: what is there now was there before us. */
  void rememberEnd(BareJid archive) throws IOException, InterruptedException {
    List<ArchivedMessage> last = new ArrayList<>();
    try {
      MamFinIQ _ =
          session.await(
              query(
                  archive,
                  Optional.empty(),
                  new RSMSet(1, "", RSMSet.PageDirection.before),
                  last::add));
    } catch (XmppLink.StanzaErrorException none) {
      return;
    }
    // What was heard before the answer may be older than the end.
    session.settle();
    ArchiveMarks marks = session.parts().marks();
    Instant now = session.context().clock().instant();
    if (last.isEmpty()) {
      marks.recorded(archive.toString(), "", now);
    } else {
      marks.recorded(archive.toString(), last.getLast().id(), last.getLast().at());
    }
    marks.write();
  }

  private void readFrom(
      BareJid archive, ArchiveMarks.ArchiveMark mark, Consumer<ArchivedMessage> each)
      throws IOException, InterruptedException {
    Optional<Instant> since = Optional.of(mark.at().minus(SLACK));
    if (mark.id().isEmpty()) {
      readAll(archive, since, Optional.empty(), each);
      return;
    }
    try {
      readAll(archive, Optional.empty(), Optional.of(mark.id()), each);
    } catch (XmppLink.StanzaErrorException forgotten) {
      // The archive no longer has the message that we saw last.
      readAll(archive, since, Optional.empty(), each);
    }
  }

  /** After each page it is written how far we are: a short life gets on, too. */
  private void readAll(
      BareJid archive,
      Optional<Instant> start,
      Optional<String> after,
      Consumer<ArchivedMessage> each)
      throws IOException, InterruptedException {
    Optional<String> position = after;
    while (true) {
      AtomicReference<@Nullable ArchivedMessage> newest = new AtomicReference<>();
      ArchivePage page =
          session.await(
              page(
                  archive,
                  start,
                  position,
                  kept -> {
                    each.accept(kept);
                    newest.set(kept);
                  }));
      session.settle();
      ArchivedMessage last = newest.get();
      boolean isOver = page.isOver(position);
      if (last != null) {
        String read = isOver ? last.id() : page.end().orElse(last.id());
        session.parts().marks().recorded(archive.toString(), read, last.at());
        session.parts().marks().write();
      }
      if (isOver) {
        return;
      }
      position = page.end();
    }
  }

  private CompletableFuture<MamFinIQ> query(
      Jid archive, Optional<Instant> start, RSMSet set, Consumer<ArchivedMessage> each) {
    String id = UUID.randomUUID().toString();
    DataForm.Builder form = DataForm.builder(DataForm.Type.submit).setFormType("urn:xmpp:mam:2");
    start.ifPresent(
        at -> form.addField(FormField.builder("start").setValue(Date.from(at)).build()));
    MamQueryIQ query = new MamQueryIQ(MamVersion.MAM2, id, form.build());
    query.setType(IQ.Type.set);
    query.setTo(archive);
    query.addExtension(set);
    open.put(id, new ArchiveQuery(archive, each));
    return session
        .request(query)
        .whenComplete((answer, error) -> open.remove(id))
        .thenCompose(answer ->
            answer instanceof MamFinIQ fin
                ? CompletableFuture.completedFuture(fin)
                : CompletableFuture.failedFuture(new IOException("no archive")));
  }

  /**
   * Asks for one page of an archive without waiting.
   *
   * @param archive our own, or a room's
   * @param start from when on, by the archive's clock; empty for what follows a message
   * @param after the archive's id of the message before the page; empty for the first page
   * @param each gets the messages, on the reading thread
   * @return where the page ends; fails if the archive cannot be asked
   */
  CompletableFuture<ArchivePage> page(
      Jid archive,
      Optional<Instant> start,
      Optional<String> after,
      Consumer<ArchivedMessage> each) {
    RSMSet set =
        after
            .map(id -> new RSMSet(PAGE, id, RSMSet.PageDirection.after))
            .orElseGet(() -> new RSMSet(PAGE));
    LastIds ids = new LastIds();
    Consumer<ArchivedMessage> noted =
        kept -> {
          ids.passed(kept.id());
          each.accept(kept);
        };
    return query(archive, start, set, noted)
        .thenApply(end -> new ArchivePage(end.isComplete(), ids.end().or(() -> after)));
  }

  /**
   * Where the next page begins: behind the last id but one, so that each page repeats what stood
   * under the last id of the one before. ejabberd's ids are microseconds, two messages may have the
   * same, and behind an id there is neither of them. Belongs to the reading thread until the answer
   * is there.
   */
  public static final class LastIds {
    private Optional<String> before = Optional.empty();
    private Optional<String> last = Optional.empty();

    public void passed(String id) {
      if (last.isEmpty() || !last.get().equals(id)) {
        before = last;
        last = Optional.of(id);
      }
    }

    /** Empty if the page is. */
    public Optional<String> end() {
      return before.or(() -> last);
    }
  }

  /**
   * A page.
   *
   * @param isLast whether there is nothing behind it
   * @param end what the next one is asked for behind; empty if nothing was ever read
   */
  public record ArchivePage(boolean isLast, Optional<String> end) {

    /** Whether a reading ends with this page, which was asked for behind a message. */
    public boolean isOver(Optional<String> after) {
      return isLast || end.equals(after);
    }
  }
}
