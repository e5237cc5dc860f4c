package dev.owlery.adapter.xmpp.chat;

import dev.owlery.adapter.xmpp.link.XmppLink;
import dev.owlery.api.action.Receipt;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.chat.MessageId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smackx.sid.element.OriginIdElement;
import org.jspecify.annotations.Nullable;
import org.jxmpp.jid.Jid;

/**
 * Finds out which messages of ours have reached an archive. What earlier logins have sent is
 * gathered while the archive is read for what was missed, so that it is known when the account
 * comes online; none of that can arrive any more. Where that was not possible the archive is read
 * from the time when the message in doubt was handed over, once for all. What this login has sent
 * is looked for behind where the last reading has ended. Safe for use by several threads; for one
 * login.
 */
public final class OwnMessages {
  /** Nobody waits for the account while more of an archive than this is read for our messages. */
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final XmppSession session;
  private final Archive archive;
  private final ServerTime time;

  /** Before the login. */
  private final Instant begunAt;

  private final Map<Jid, ArchiveReading> readings = new ConcurrentHashMap<>();

  OwnMessages(XmppSession session, Archive archive, ServerTime time) {
    this.session = session;
    this.archive = archive;
    this.time = time;
    this.begunAt = session.context().clock().instant();
  }

  /**
   * Gathers our messages from the oldest in doubt up to a mark, since the archive is read from
   * there on. What follows is handed to {@link #passed}. Does nothing if nothing is in doubt, or if
   * that would take long: then it is read when it is asked for.
   *
   * @param place our own archive, or a room's
   * @param mark where it is read on
   * @throws IOException if the connection ends
   * @throws InterruptedException if the account is closed
   */
  void begin(Jid place, ArchiveMarks.ArchiveMark mark) throws IOException, InterruptedException {
    Optional<Instant> oldest = session.context().inDoubtSince();
    if (oldest.isEmpty() || covers(readings.get(place), oldest.get())) {
      return;
    }
    boolean isBehindMark = oldest.get().compareTo(mark.notedAt()) >= 0;
    if (oldest.get().isBefore(mark.notedAt().minus(LONGEST))) {
      return;
    }
    Instant since = isBehindMark ? mark.notedAt() : oldest.get();
    ArchiveReading reading = new ArchiveReading(place, since, true);
    if (isBehindMark || reading.readUpTo(mark.id())) {
      readings.put(place, reading);
    }
  }

  /**
   * A message was passed while an archive was read for what was missed.
   *
   * @param place the archive
   * @param kept the message
   */
  void passed(Jid place, Archive.ArchivedMessage kept) {
    ArchiveReading reading = readings.get(place);
    if (reading != null) {
      reading.note(kept);
      reading.position = Optional.of(kept.id());
    }
  }

  /**
   * Finds out whether a message of ours has reached an archive.
   *
   * @param place our own archive, or the room's
   * @param token the message's id
   * @param since when it was handed over: if that was after the login, what was read before may be
   *     older than the message, and the archive is read once more
   * @return settled if it is there, not sent if it is not, doubtful if the archive cannot be asked
   */
  public CompletionStage<Outcome> find(Jid place, String token, Instant since) {
    ArchiveReading reading =
        readings.compute(
            place,
            (any, known) ->
                known != null && covers(known, since)
                    ? known
                    : new ArchiveReading(place, since, false));
    boolean isRecent = !since.isBefore(begunAt);
    return (isRecent ? reading.upToNow() : reading.atLeastOnce())
        .<Outcome>thenApply(all ->
            reading.ids.contains(token)
                ? new Outcome.Settled(Receipt.delivered(new MessageId(token)))
                : new Outcome.NotSent(Duration.ZERO, "the archive does not have it"))
        .exceptionally(error -> new Outcome.Doubtful("the archive cannot be asked"));
  }

  private static boolean covers(@Nullable ArchiveReading reading, Instant since) {
    return reading != null && !reading.since.isAfter(since) && !reading.failed;
  }

  private boolean isOurs(Jid place, @Nullable Jid from) {
    if (from == null) {
      return false;
    }
    return place.equals(session.identity().own())
        ? session.identity().isOwn(from)
        // A nick that was taken had underscores put behind it.
        : from.getResourceOrEmpty()
            .toString()
            .startsWith(session.conversations().door().wantedNick());
  }

  /** What is known of one archive. */
  private final class ArchiveReading {
    private final Jid place;

    /** All that was handed over at this time or later is read, by our clock. */
    private final Instant since;

    private final Set<String> ids = ConcurrentHashMap.newKeySet();
    private volatile boolean failed;

    /** The archive's id of the last message that was read. */
    private volatile Optional<String> position = Optional.empty();

    /** Completes when nothing is being read. */
    private CompletableFuture<Void> running = CompletableFuture.completedFuture(null);

    private boolean isBegun;

    /** The reading that begins when {@link #running} is over, if anybody waits for one. */
    private @Nullable CompletableFuture<Void> next;

    private ArchiveReading(Jid place, Instant since, boolean isBegun) {
      this.place = place;
      this.since = since;
      this.isBegun = isBegun;
    }

    /** Reads until a message, or the archive's end; false if it cannot be read. */
    private boolean readUpTo(String id) throws IOException, InterruptedException {
      AtomicBoolean found = new AtomicBoolean();
      boolean isOver = false;
      try {
        while (!isOver && !found.get()) {
          Optional<String> after = position;
          Archive.ArchivePage page =
              session.await(
                  page(
                      after,
                      kept -> {
                        note(kept);
                        found.compareAndSet(false, kept.id().equals(id));
                      }));
          isOver = page.isOver(after);
          position = page.end();
        }
        return true;
      } catch (XmppLink.StanzaErrorException unreadable) {
        return false;
      }
    }

    private CompletableFuture<Archive.ArchivePage> page(
        Optional<String> after, Consumer<Archive.ArchivedMessage> each) {
      Optional<Instant> from =
          after.isPresent() ? Optional.empty() : Optional.of(time.earliest(since));
      return archive.page(place, from, after, each);
    }

    /** Completes when everything is read that the archive has had at the login. */
    private CompletableFuture<Void> atLeastOnce() {
      synchronized (this) {
        if (isBegun) {
          return running;
        }
      }
      return upToNow();
    }

    /** Completes when everything is read that the archive has had at the time of this call. */
    private CompletableFuture<Void> upToNow() {
      CompletableFuture<Void> wanted;
      CompletableFuture<Void> before;
      synchronized (this) {
        if (next != null) {
          return next;
        }
        wanted = new CompletableFuture<>();
        next = wanted;
        before = running;
      }
      var _ = before.whenComplete((done, error) -> begin(wanted));
      return wanted;
    }

    private void begin(CompletableFuture<Void> reading) {
      synchronized (this) {
        running = reading;
        isBegun = true;
        next = null;
      }
      readOn(reading);
    }

    private void readOn(CompletableFuture<Void> reading) {
      Optional<String> after = position;
      var _ =
          page(after, this::note)
              .whenComplete((page, error) -> {
                if (error == null) {
                  goOn(reading, page, after);
                } else {
                  failed = true;
                  reading.completeExceptionally(error);
                }
              });
    }

    private void goOn(
        CompletableFuture<Void> reading, Archive.ArchivePage page, Optional<String> after) {
      position = page.end();
      if (page.isOver(after)) {
        reading.complete(null);
      } else {
        readOn(reading);
      }
    }

    private void note(Archive.ArchivedMessage kept) {
      Message message = kept.message();
      if (!isOurs(place, message.getFrom())) {
        return;
      }
      if (message.getStanzaId() != null) {
        ids.add(message.getStanzaId());
      }
      OriginIdElement origin = OriginIdElement.getOriginId(message);
      if (origin != null) {
        ids.add(origin.getId());
      }
    }
  }
}
