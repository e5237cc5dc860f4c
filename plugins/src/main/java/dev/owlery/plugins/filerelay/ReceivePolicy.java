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
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;

/**
 * Decides which offered files are taken: from verified senders on the access list only, within
 * their quota. Any thread.
 */
final class ReceivePolicy {

  private static final int LONGEST_NAME = 400;
  private static final String TOO_MUCH = "that is more than you may send in a day";

  private final Receive settings;
  private final Transfers transfers;
  private final Quota quota;
  private final Logger log;
  private final List<PathMatcher> names;

  ReceivePolicy(Receive settings, Transfers transfers, Store store, Clock clock, Logger log) {
    this.settings = settings;
    this.transfers = transfers;
    this.quota = new Quota(store, clock, settings.quota());
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
      refuse(offer, objection.get());
      return;
    }
    try {
      boolean isTaken =
          quota.take(
              key(offer.sender()),
              offer.file().size(),
              settings.limit(),
              most -> transfers.accept(offer, settings.into(), most));
      if (!isTaken) {
        refuse(offer, TOO_MUCH);
      }
    } catch (TransferException refused) {
      log.info("a file from {} is refused: {}", offer.sender().handle(), refused.getMessage());
    }
  }

  private void refuse(FileOffered offer, String why) {
    log.info("a file from {} is refused: {}", offer.sender().handle(), why);
    transfers.refuse(offer, why);
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
    return Optional.empty();
  }

  private static String key(Member sender) {
    String who = sender.identity().map(Identity::toString).orElseGet(sender::handle);
    return who.length() <= LONGEST_NAME ? who : who.substring(0, LONGEST_NAME);
  }

  /** What the sender is told at the end, if they are. */
  Optional<String> ended(Transfer transfer) {
    boolean isDone = transfer.state() == State.DONE;
    quota.ended(
        transfer.id(), isDone ? transfer.file().size().orElse(transfer.moved()) : transfer.moved());
    if (transfer.state() == State.FAILED) {
      return failed(transfer);
    }
    return settings.receipt() && transfer.state() == State.DONE
        ? Optional.of(ReceiptLine.write(transfer.file()))
        : Optional.empty();
  }

  /**
   * What the sender is told of a file that was to be taken and is not here: another Owlery, in the
   * line that it reads, or a person, in words.
   */
  Optional<String> failed(Transfer transfer) {
    if (transfer.transport().equals(LinkTransport.NAME)) {
      return settings.receipt() ? FailureLine.write(transfer) : Optional.empty();
    }
    return Optional.of(
        (transfer.state() == State.FAILED ? "I could not receive " : "I have not yet received ")
            + transfer.file().name()
            + ": "
            + transfer.detail());
  }
}
