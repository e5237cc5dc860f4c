package dev.owlery.adapter.xmpp;

import dev.owlery.api.action.Receipt;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.chat.MessageId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smackx.sid.element.OriginIdElement;
import org.jspecify.annotations.Nullable;
import org.jxmpp.jid.Jid;

/**
 * Finds out which messages of ours have reached an archive. Each archive is read once from the time
 * of the oldest message in doubt, for all that earlier logins have sent: none of that can arrive
 * any more. What this login has sent is looked for behind where the last reading has ended. So a
 * restart with hundreds of messages in doubt costs about as much as one with one. Safe for use by
 * several threads; for one login.
 */
final class OwnMessages {
  private final Archive archive;
  private final ServerTime time;
  private final Map<Jid, Reading> readings = new ConcurrentHashMap<>();

  OwnMessages(Archive archive, ServerTime time) {
    this.archive = archive;
    this.time = time;
  }

  /**
   * Finds out whether a message of ours has reached an archive.
   *
   * @param place our own archive, or the room's
   * @param isOurs tells our messages from those of others
   * @param token the message's id
   * @param since when it was made
   * @param isRecent whether this login has sent it
   * @return settled if it is there, not sent if it is not, doubtful if the archive cannot be asked
   */
  CompletionStage<Outcome> find(
      Jid place, Predicate<Message> isOurs, String token, Instant since, boolean isRecent) {
    Instant start = time.earliest(since);
    Reading reading =
        readings.compute(
            place,
            (any, known) ->
                known == null || known.start.isAfter(start) || known.failed
                    ? new Reading(place, isOurs, start)
                    : known);
    return (isRecent ? reading.upToNow() : reading.atLeastOnce())
        .<Outcome>thenApply(all ->
            reading.ids.contains(token)
                ? new Outcome.Settled(Receipt.delivered(new MessageId(token)))
                : new Outcome.NotSent(Duration.ZERO, "the archive does not have it"))
        .exceptionally(error -> new Outcome.Doubtful("the archive cannot be asked"));
  }

  /** What is known of one archive. */
  private final class Reading {
    private final Jid place;
    private final Predicate<Message> isOurs;
    private final Instant start;
    private final Set<String> ids = ConcurrentHashMap.newKeySet();
    private volatile boolean failed;

    /** The archive's id of the last message that was read; for one reading at a time. */
    private volatile Optional<String> position = Optional.empty();

    /** Completes when nothing is being read. */
    private CompletableFuture<Void> running = CompletableFuture.completedFuture(null);

    private boolean isBegun;

    /** The reading that begins when {@link #running} is over, if anybody waits for one. */
    private @Nullable CompletableFuture<Void> next;

    private Reading(Jid place, Predicate<Message> isOurs, Instant start) {
      this.place = place;
      this.isOurs = isOurs;
      this.start = start;
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
      Optional<Instant> from = position.isPresent() ? Optional.empty() : Optional.of(start);
      var _ =
          archive
              .page(place, from, position, this::note)
              .whenComplete((page, error) -> {
                if (error == null) {
                  goOn(reading, page);
                } else {
                  failed = true;
                  reading.completeExceptionally(error);
                }
              });
    }

    private void goOn(CompletableFuture<Void> reading, Archive.Page page) {
      boolean isOver = page.isLast() || page.end().equals(position);
      position = page.end();
      if (isOver) {
        reading.complete(null);
      } else {
        readOn(reading);
      }
    }

    private void note(Message message) {
      if (!isOurs.test(message)) {
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
