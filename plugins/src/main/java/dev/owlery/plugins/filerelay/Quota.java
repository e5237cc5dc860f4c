package dev.owlery.plugins.filerelay;

import dev.owlery.api.plugin.Store;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What each sender has sent in a day. Offers come side by side, so what one takes is reserved under
 * one lock before anybody else is asked. Each transfer has a record of its own in the store, and
 * the sums are of those: no two handlers write the same record. Any thread.
 */
final class Quota {
  private static final String TOOK = "took ";

  /** The sums of earlier versions. */
  private static final String DAY = "day ";

  private final Store store;
  private final Clock clock;
  private final long most;

  /** By transfer; empty until the store has been read. */
  private Optional<Map<String, QuotaEntry>> taken = Optional.empty();

  /**
   * One transfer.
   *
   * @param day when it was taken
   * @param bytes so much counts
   * @param sender whose it is
   */
  private record QuotaEntry(String day, long bytes, String sender) {
    private static Optional<QuotaEntry> read(String written) {
      String[] parts = written.split(" ", 3);
      return parts.length == 3 && parts[1].matches("[0-9]{1,18}")
          ? Optional.of(new QuotaEntry(parts[0], Long.parseLong(parts[1]), parts[2]))
          : Optional.empty();
    }

    private String written() {
      return day + " " + bytes + " " + sender;
    }
  }

  Quota(Store store, Clock clock, long most) {
    this.store = store;
    this.clock = clock;
    this.most = most;
  }

  /** What a sender may send today besides. */
  synchronized long left(String sender) {
    String today = today();
    return most
        - taken().values().stream()
            .filter(took -> took.day().equals(today) && took.sender().equals(sender))
            .mapToLong(QuotaEntry::bytes)
            .sum();
  }

  /** Takes an offer. */
  @FunctionalInterface
  interface OfferAcceptance<E extends Exception> {
    /** Returns the transfer's id, which the same offer has whenever it is made. */
    String accept(long most) throws E;
  }

  /**
   * Takes an offer, and counts it before another is looked at. A file of which nobody said how long
   * it is counts as the most that it may be.
   *
   * @param sender whose it is
   * @param size how long it is said to be; empty if nobody said
   * @param longest what one file may have
   * @param offer takes it, and is told how long it may get
   * @return false if it is more than is left; it was not taken then
   */
  synchronized <E extends Exception> boolean take(
      String sender, OptionalLong size, long longest, OfferAcceptance<E> offer) throws E {
    long left = left(sender);
    if (left <= 0 || size.orElse(0) > left) {
      return false;
    }
    long limit = Math.min(longest, left);
    String id = offer.accept(limit);
    if (!taken().containsKey(id)) {
      put(id, new QuotaEntry(today(), size.orElse(limit), sender));
    }
    return true;
  }

  /** Counts what has come instead. */
  synchronized void ended(String id, long came) {
    QuotaEntry took = taken().get(id);
    if (took != null) {
      put(id, new QuotaEntry(took.day(), came, took.sender()));
    }
  }

  private void put(String id, QuotaEntry took) {
    forgetOtherDays();
    if (took.day().equals(today())) {
      taken().put(id, took);
      store.put(TOOK + id, took.written());
    }
  }

  private void forgetOtherDays() {
    String today = today();
    taken()
        .entrySet()
        .removeIf(each -> {
          boolean isOld = !each.getValue().day().equals(today);
          if (isOld) {
            store.remove(TOOK + each.getKey());
          }
          return isOld;
        });
  }

  private Map<String, QuotaEntry> taken() {
    if (taken.isEmpty()) {
      Map<String, QuotaEntry> read = new HashMap<>();
      store
          .entries(TOOK)
          .forEach((key, written) ->
              QuotaEntry.read(written)
                  .ifPresent(took -> read.put(key.substring(TOOK.length()), took)));
      store.entries(DAY).keySet().forEach(store::remove);
      taken = Optional.of(read);
    }
    return taken.get();
  }

  private String today() {
    return LocalDate.ofInstant(clock.instant(), clock.getZone()).toString();
  }
}
