package dev.owlery.adapter.xmpp;

import dev.owlery.api.action.Receipt;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.chat.MessageId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smackx.mam.element.MamElements.MamResultExtension;
import org.jivesoftware.smackx.mam.element.MamFinIQ;
import org.jivesoftware.smackx.mam.element.MamQueryIQ;
import org.jivesoftware.smackx.mam.element.MamVersion;
import org.jivesoftware.smackx.rsm.packet.RSMSet;
import org.jivesoftware.smackx.sid.element.OriginIdElement;
import org.jivesoftware.smackx.xdata.FormField;
import org.jivesoftware.smackx.xdata.packet.DataForm;
import org.jxmpp.jid.BareJid;
import org.jxmpp.jid.Jid;

/**
 * Reads what archives have kept (XEP-0313): what was missed, and whether something of ours has
 * arrived. Only what was asked for is believed, and only from whom it was asked. What was missed is
 * handled on the reading thread, in the archive's order, before anything new can come.
 */
final class Archive {
  private static final int PAGE = 200;

  /** Archives have whole seconds, and clocks differ. */
  private static final Duration SLACK = Duration.ofSeconds(60);

  private record Kept(Message message, String id, Instant at) {}

  private record Query(Jid archive, Consumer<Kept> each) {}

  private final XmppSession session;
  private final XmppInbound inbound;
  private final RoomTalk talk;
  private final Map<String, Query> open = new ConcurrentHashMap<>();

  Archive(XmppSession session, XmppInbound inbound, RoomTalk talk) {
    this.session = session;
    this.inbound = inbound;
    this.talk = talk;
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
    Query query = result.getQueryId() == null ? null : open.get(result.getQueryId());
    if (query != null && isFrom(query.archive(), message.getFrom())) {
      var forwarded = result.getForwarded();
      Instant at =
          forwarded.getDelayInformation() == null
              ? session.context().clock().instant()
              : forwarded.getDelayInformation().getStamp().toInstant();
      query.each().accept(new Kept(forwarded.getForwardedStanza(), result.getId(), at));
    }
    return true;
  }

  private boolean isFrom(Jid archive, @org.jspecify.annotations.Nullable Jid from) {
    return from == null ? archive.equals(session.identity().own()) : archive.equals(from);
  }

  /**
   * Publishes what was said to us alone since the last time. The first time there is none, and
   * nothing is published.
   *
   * @throws IOException if the connection ends
   * @throws InterruptedException if the account is closed
   */
  void catchUpOwn() throws IOException, InterruptedException {
    catchUp(
        session.identity().own(), kept -> inbound.archived(kept.message(), kept.id(), kept.at()));
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
    return catchUp(room, kept -> talk.archived(kept.message(), room, kept.id(), kept.at()));
  }

  private boolean catchUp(BareJid archive, Consumer<Kept> each)
      throws IOException, InterruptedException {
    ArchiveMarks marks = session.parts().marks();
    Optional<ArchiveMarks.Mark> mark = marks.mark(archive.toString());
    if (mark.isEmpty()) {
      rememberEnd(archive);
      return false;
    }
    try {
      readFrom(archive, mark.get(), each);
      session.settle();
      marks.write();
      return true;
    } catch (XmppLink.Refused none) {
      return false;
    }
  }

  /** The first time: what is there now was there before us. */
  void rememberEnd(BareJid archive) throws IOException, InterruptedException {
    List<Kept> last = new ArrayList<>();
    try {
      MamFinIQ _ =
          page(archive, List.of(), new RSMSet(1, "", RSMSet.PageDirection.before), last::add);
    } catch (XmppLink.Refused none) {
      return;
    }
    ArchiveMarks marks = session.parts().marks();
    Instant now = session.context().clock().instant();
    if (last.isEmpty()) {
      marks.recorded(archive.toString(), "", now);
    } else {
      marks.recorded(archive.toString(), last.getLast().id(), last.getLast().at());
    }
    marks.write();
  }

  private void readFrom(BareJid archive, ArchiveMarks.Mark mark, Consumer<Kept> each)
      throws IOException, InterruptedException {
    List<FormField> noFilter = List.of();
    List<FormField> since = List.of(field("start", mark.at().minus(SLACK)));
    if (mark.id().isEmpty()) {
      readAll(archive, since, Optional.empty(), each);
      return;
    }
    try {
      readAll(archive, noFilter, Optional.of(mark.id()), each);
    } catch (XmppLink.Refused forgotten) {
      // The archive no longer has the message that we saw last.
      readAll(archive, since, Optional.empty(), each);
    }
  }

  private void readAll(
      BareJid archive, List<FormField> filter, Optional<String> after, Consumer<Kept> each)
      throws IOException, InterruptedException {
    Optional<String> position = after;
    while (true) {
      RSMSet set =
          position
              .map(id -> new RSMSet(PAGE, id, RSMSet.PageDirection.after))
              .orElseGet(() -> new RSMSet(PAGE));
      MamFinIQ end = page(archive, filter, set, each);
      String last = end.getRSMSet() == null ? null : end.getRSMSet().getLast();
      if (end.isComplete() || last == null || Optional.of(last).equals(position)) {
        return;
      }
      position = Optional.of(last);
    }
  }

  private static FormField field(String name, Instant at) {
    return FormField.builder(name).setValue(Date.from(at)).build();
  }

  private MamFinIQ page(Jid archive, List<FormField> filter, RSMSet set, Consumer<Kept> each)
      throws IOException, InterruptedException {
    return session.await(query(archive, filter, set, each));
  }

  private CompletableFuture<MamFinIQ> query(
      Jid archive, List<FormField> filter, RSMSet set, Consumer<Kept> each) {
    String id = UUID.randomUUID().toString();
    DataForm.Builder form = DataForm.builder(DataForm.Type.submit).setFormType("urn:xmpp:mam:2");
    filter.forEach(form::addField);
    MamQueryIQ query = new MamQueryIQ(MamVersion.MAM2, id, form.build());
    query.setType(IQ.Type.set);
    query.setTo(archive);
    query.addExtension(set);
    open.put(id, new Query(archive, each));
    return session
        .request(query)
        .whenComplete((answer, error) -> open.remove(id))
        .thenCompose(answer ->
            answer instanceof MamFinIQ fin
                ? CompletableFuture.completedFuture(fin)
                : CompletableFuture.failedFuture(new IOException("no archive")));
  }

  /**
   * Finds out whether a message of ours has reached an archive.
   *
   * @param archive our own, or the room's
   * @param with whom it was for, to search less; empty in rooms
   * @param token its id
   * @param since when it was made
   * @return settled if it is there, not sent if it is not
   */
  CompletionStage<Outcome> find(Jid archive, Optional<Jid> with, String token, Instant since) {
    List<FormField> filter = new ArrayList<>();
    filter.add(field("start", since.minus(SLACK)));
    with.ifPresent(jid -> filter.add(FormField.builder("with").setValue(jid).build()));
    return search(archive, filter, new RSMSet(PAGE), token);
  }

  private CompletionStage<Outcome> search(
      Jid archive, List<FormField> filter, RSMSet set, String token) {
    List<Kept> found = new ArrayList<>();
    return query(
            archive,
            filter,
            set,
            kept -> {
              if (isOurs(kept.message(), token)) {
                synchronized (found) {
                  found.add(kept);
                }
              }
            })
        .thenCompose(end -> {
          synchronized (found) {
            if (!found.isEmpty()) {
              return CompletableFuture.completedFuture(
                  new Outcome.Settled(Receipt.delivered(new MessageId(token))));
            }
          }
          String last = end.getRSMSet() == null ? null : end.getRSMSet().getLast();
          if (end.isComplete() || last == null) {
            return CompletableFuture.completedFuture(
                new Outcome.NotSent(Duration.ZERO, "the archive does not have it"));
          }
          return search(archive, filter, new RSMSet(PAGE, last, RSMSet.PageDirection.after), token);
        })
        .exceptionally(error -> new Outcome.Doubtful("the archive cannot be asked"));
  }

  private static boolean isOurs(Message message, String token) {
    OriginIdElement origin = OriginIdElement.getOriginId(message);
    return token.equals(message.getStanzaId()) || (origin != null && token.equals(origin.getId()));
  }
}
