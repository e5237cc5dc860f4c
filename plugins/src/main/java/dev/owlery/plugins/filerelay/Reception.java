package dev.owlery.plugins.filerelay;

import dev.owlery.api.chat.Identity;
import dev.owlery.api.chat.Member;
import dev.owlery.api.event.FileOffered;
import dev.owlery.api.file.Transfer;
import dev.owlery.api.file.Transfer.State;
import dev.owlery.api.file.TransferException;
import dev.owlery.api.file.Transfers;
import dev.owlery.api.folder.SafeName;
import dev.owlery.api.plugin.Store;
import dev.owlery.plugins.filerelay.FileRelaySettings.Receive;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;

/**
 * Decides which offered files are taken: from verified senders on the access list only, within
 * their quota. Any thread.
 */
final class Reception {

  private static final String DAY = "day ";
  private static final String TOOK = "took ";

  private final Receive settings;
  private final Transfers transfers;
  private final Store store;
  private final Clock clock;
  private final Logger log;
  private final List<PathMatcher> names;

  Reception(Receive settings, Transfers transfers, Store store, Clock clock, Logger log) {
    this.settings = settings;
    this.transfers = transfers;
    this.store = store;
    this.clock = clock;
    this.log = log;
    this.names = settings.names().stream().map(FileRelaySettings::glob).toList();
  }

  /** Whether somebody may send files here. */
  boolean trusts(Member sender) {
    Optional<String> who = sender.identity().map(Identity::toString);
    return who.isPresent() && settings.accept().stream().anyMatch(rule -> fits(rule, who.get()));
  }

  private static boolean fits(String rule, String who) {
    return rule.endsWith("*")
        ? who.startsWith(rule.substring(0, rule.length() - 1))
        : who.equals(rule);
  }

  /** Takes an offer or refuses it. */
  void answer(FileOffered offer) {
    Optional<String> objection = objection(offer);
    if (objection.isPresent()) {
      log.info("a file from {} is refused: {}", offer.sender().handle(), objection.get());
      transfers.refuse(offer, objection.get());
      return;
    }
    long most = Math.min(settings.limit(), left(offer));
    try {
      took(transfers.accept(offer, settings.into(), most), offer, most);
    } catch (TransferException refused) {
      log.info("a file from {} is refused: {}", offer.sender().handle(), refused.getMessage());
    }
  }

  private Optional<String> objection(FileOffered offer) {
    if (!trusts(offer.sender())) {
      return Optional.of("files from you are not taken");
    }
    if (!settings.where().isEmpty() && !settings.where().contains(offer.where().address())) {
      return Optional.of("files are not taken here");
    }
    Path name = Path.of(SafeName.of(offer.file().name()).text());
    if (!names.isEmpty() && names.stream().noneMatch(glob -> glob.matches(name))) {
      return Optional.of("files of this name are not taken");
    }
    long size = offer.file().size().orElse(0);
    if (left(offer) <= 0 || size > left(offer)) {
      return Optional.of("that is more than you may send in a day");
    }
    return Optional.empty();
  }

  private long left(FileOffered offer) {
    return settings.quota() - used(offer.sender());
  }

  private long used(Member sender) {
    return used(key(sender));
  }

  private long used(String key) {
    return store
        .get(key)
        .filter(text -> text.startsWith(today() + " "))
        .map(text -> Long.parseLong(text.substring(text.indexOf(' ') + 1)))
        .orElse(0L);
  }

  private void use(String key, long more) {
    store.put(key, today() + " " + Math.max(0, used(key) + more));
  }

  /**
   * Counts what was taken, once for each transfer however often it is offered. A file of which
   * nobody said how long it is counts as the most that it may be, until it has ended.
   */
  private void took(String id, FileOffered offer, long most) {
    if (store.get(TOOK + id).isPresent()) {
      return;
    }
    long counted = offer.file().size().orElse(most);
    String key = key(offer.sender());
    store.put(TOOK + id, today() + " " + counted + " " + key);
    use(key, counted);
  }

  /** Counts what has come instead, unless that is another day's. */
  private void correct(Transfer transfer) {
    String[] took = store.get(TOOK + transfer.id()).orElse("").split(" ", 3);
    if (took.length == 3 && took[0].equals(today())) {
      long came =
          transfer.state() == State.DONE
              ? transfer.file().size().orElse(transfer.moved())
              : transfer.moved();
      use(took[2], came - Long.parseLong(took[1]));
    }
    store.remove(TOOK + transfer.id());
  }

  private static String key(Member sender) {
    String who = sender.identity().map(Identity::toString).orElseGet(sender::handle);
    return DAY + (who.length() <= 400 ? who : who.substring(0, 400));
  }

  private String today() {
    return LocalDate.ofInstant(clock.instant(), clock.getZone()).toString();
  }

  /** What the sender is told at the end, if they are. */
  Optional<String> ended(Transfer transfer) {
    correct(transfer);
    if (transfer.state() == State.FAILED) {
      return failed(transfer);
    }
    return settings.receipt() && transfer.state() == State.DONE
        ? Optional.of(ReceiptLine.write(transfer.file()))
        : Optional.empty();
  }

  /** What the sender is told of a file that is not here, if there is no other way to tell them. */
  Optional<String> failed(Transfer transfer) {
    return settings.receipt() && transfer.transport().equals(LinkTransport.NAME)
        ? FailureLine.write(transfer)
        : Optional.empty();
  }
}
