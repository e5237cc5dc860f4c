package dev.owlery.plugins.filerelay;

import dev.owlery.api.content.Item;
import dev.owlery.api.content.Item.Severity;
import dev.owlery.api.content.Text;
import dev.owlery.api.file.Transfer;
import dev.owlery.api.file.Transfer.Direction;
import dev.owlery.api.file.Transfer.State;
import dev.owlery.api.plugin.Bot;
import dev.owlery.api.topic.Topics;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Tells the ends of transfers to those who want to know: a line in rooms, an item on a topic.
 *
 * @param settings where
 * @param bot says it
 * @param topics publishes it
 * @param clock when it was
 */
record TransferAnnouncements(
    FileRelaySettings.AnnouncementSettings settings, Bot bot, Topics topics, Clock clock) {

  /** Within the handler of the end, so that it is told once. */
  void tell(Transfer transfer) {
    for (String room : settings.rooms()) {
      var _ = bot.say(bot.locate(room), line(transfer));
    }
    settings
        .topic()
        .ifPresent(topic -> {
          var _ = topics.publish(topic, item(transfer));
        });
  }

  /** Within the handler of the delay, so that it is told once. */
  void tellDelay(Transfer transfer) {
    for (String room : settings.rooms()) {
      var _ = bot.say(bot.locate(room), delay(transfer));
    }
  }

  /** Why a transfer does not get on, in one line. */
  static String delay(Transfer transfer) {
    boolean waits = transfer.state() == State.WAITING;
    return transfer.file().name()
        + " ("
        + Format.size(transfer.file())
        + ")"
        + (transfer.direction() == Direction.OUT ? " to " : " from ")
        + transfer.where().address()
        + (waits ? " waits: " : " is under way, ")
        + transfer.detail()
        + (waits
            ? " - "
                + (transfer.direction() == Direction.OUT ? "it is" : "when offered again, it is")
                + " tried again ("
                + transfer.id()
                + " in !transfers)"
            : " by " + transfer.transport() + " (" + transfer.id() + " in !transfers)");
  }

  private Item item(Transfer transfer) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("date", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    facts.put("file", transfer.file().name());
    transfer.file().size().ifPresent(size -> facts.put("size", Long.toString(size)));
    transfer.file().sha256().ifPresent(digest -> facts.put("sha256", digest));
    facts.put("action", action(transfer));
    facts.put("author", transfer.author());
    facts.put("conversation", transfer.where().address());
    return new Item(
        "transfer-" + transfer.id(),
        line(transfer),
        Text.EMPTY,
        Optional.empty(),
        facts,
        transfer.state() == State.DONE ? Severity.INFO : Severity.WARNING);
  }

  private static String action(Transfer transfer) {
    if (transfer.state() == State.DONE) {
      return transfer.direction() == Direction.OUT ? "sent" : "received";
    }
    return transfer.state().name().toLowerCase(Locale.ROOT);
  }

  /** How a transfer ended, in one line. */
  static String line(Transfer transfer) {
    boolean out = transfer.direction() == Direction.OUT;
    String file = transfer.file().name() + " (" + Format.size(transfer.file()) + ")";
    String way = (out ? " to " : " from ") + transfer.where().address();
    return switch (transfer.state()) {
      case DONE ->
          (out ? "sent " : "received ")
              + file
              + way
              + " for "
              + transfer.author()
              + ", SHA-256 "
              + transfer.file().sha256().orElse("unknown");
      case FAILED -> "gave up " + file + way + ": " + transfer.detail();
      case CANCELLED -> "called off " + file + way + ": " + transfer.detail();
      case WAITING, RUNNING -> status(transfer);
    };
  }

  /** How a transfer is, in one line. */
  static String status(Transfer transfer) {
    return transfer.id()
        + " "
        + (transfer.direction() == Direction.OUT ? "to " : "from ")
        + transfer.where().address()
        + " "
        + transfer.file().name()
        + " "
        + Format.percent(transfer.moved(), transfer.file().size().orElse(0))
        + " of "
        + Format.size(transfer.file())
        + " "
        + transfer.state().name().toLowerCase(Locale.ROOT)
        + (transfer.transport().isEmpty() ? "" : " by " + transfer.transport())
        + (transfer.detail().isEmpty() ? "" : " (" + transfer.detail() + ")");
  }
}
