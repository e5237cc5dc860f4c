package dev.owlery.launcher.matrix;

import dev.owlery.launcher.proof.BotHome;
import dev.owlery.launcher.proof.BotProcess;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The bot of one venue, started and killed. Belongs to one thread. */
final class BotRuns {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final BotHome home;
  private final Venue venue;
  private Optional<BotProcess> bot = Optional.empty();

  BotRuns(BotHome home, Venue venue) {
    this.home = home;
    this.venue = venue;
  }

  /** Starts it, and waits until it is online. */
  void start() {
    BotProcess started = home.run();
    bot = Optional.of(started);
    started.awaitLog(" ready: ", PATIENCE);
    venue.meets(started);
  }

  void kill() {
    bot.orElseThrow().kill();
  }

  /** Ends it as a service manager does. */
  void stop() {
    bot.orElseThrow().terminate();
    int _ = bot.orElseThrow().awaitExit(PATIENCE);
  }

  /** The log of the latest start. */
  String log() {
    return bot.orElseThrow().log();
  }

  /** What {@code check --connect} says of the account. */
  List<String> check() {
    BotProcess check = home.start("check", "--connect", "--config", "bot.conf");
    int _ = check.awaitExit(PATIENCE);
    return (check.output() + check.log())
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith(Venue.ACCOUNT))
        .toList();
  }

  /** What the bot answers to its administrator on the machine. */
  String admin(String command) {
    BotProcess asked = home.start("admin", "--config", "bot.conf", command);
    int _ = asked.awaitExit(PATIENCE);
    return asked.output() + asked.log();
  }
}
