package dev.owlery.plugins.pipes;

import dev.owlery.api.command.CommandException;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.plugin.Bot;
import dev.owlery.api.plugin.On;
import dev.owlery.api.plugin.Plugin;
import dev.owlery.api.plugin.Store;
import dev.owlery.api.topic.Topics;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.incendo.cloud.annotations.Argument;
import org.incendo.cloud.annotations.Command;
import org.incendo.cloud.annotations.CommandDescription;
import org.incendo.cloud.annotations.Permission;
import org.slf4j.Logger;

/**
 * Programs in any language as plugins: each reads what is said, on its standard input, and what it
 * writes to its standard output is said. No accepted message is lost when a program ends.
 */
public final class PipesPlugin implements Plugin {

  private static final int AFTER_EVERYBODY_ELSE = 900;

  private final Map<String, Running> pipes = new TreeMap<>();
  private final Logger log;

  private record Running(PipesSettings.Piped settings, Mailbox mailbox, Pipe pipe) {}

  @Inject
  PipesPlugin(
      PipesSettings settings, Bot bot, Topics topics, Store store, Clock clock, Logger log) {
    this.log = log;
    settings
        .pipe()
        .forEach((name, piped) -> {
          Mailbox mailbox = new Mailbox(store, name, piped.waiting(), clock);
          pipes.put(
              name, new Running(piped, mailbox, new Pipe(name, piped, mailbox, bot, topics, log)));
        });
  }

  @Override
  public void start() {
    pipes.values().forEach(running -> running.pipe().begin());
  }

  /**
   * Hands a message to the programs that listen where it was said.
   *
   * @param message what was said; automatic messages and those of bots are passed over
   */
  @On(priority = AFTER_EVERYBODY_ELSE)
  public void hear(MessagePosted message) {
    if (message.tone().isFinal() || message.sender().isBot() || message.sender().isSelf()) {
      return;
    }
    pipes.forEach((name, running) -> {
      if (running.settings().hears(message.where().address())
          && !running.mailbox().accept(Message.of(message))) {
        log.warn("pipe {} is full: a message is not accepted", name);
      }
    });
  }

  /**
   * Lists the programs.
   *
   * @return one line each
   */
  @Command("pipe list")
  @Permission("pipes.manage")
  @CommandDescription("Lists the programs on pipes, and how they are")
  public String list() {
    List<String> lines = new ArrayList<>();
    pipes.forEach((name, running) -> lines.add(name + " " + running.pipe().state()));
    return lines.isEmpty() ? "none" : String.join("\n", lines);
  }

  /**
   * Starts a program again.
   *
   * @param name which
   * @return one line
   */
  @Command("pipe restart <name>")
  @Permission("pipes.manage")
  @CommandDescription("Ends a program; it is started again when it is needed")
  public String restart(@Argument("name") String name) {
    find(name).pipe().restart();
    return name + " is started again when it is needed.";
  }

  /**
   * Gives a program the messages again that it did not survive.
   *
   * @param name which
   * @return one line
   */
  @Command("pipe retry <name>")
  @Permission("pipes.manage")
  @CommandDescription("Gives a program the messages again that were put aside")
  public String retry(@Argument("name") String name) {
    int count = find(name).mailbox().takeUp();
    return count == 1 ? "1 message is tried again." : count + " messages are tried again.";
  }

  private Running find(String name) {
    Running running = pipes.get(name);
    if (running == null) {
      throw new CommandException(
          "there is no pipe " + name + "; there are: " + String.join(", ", pipes.keySet()));
    }
    return running;
  }

  @Override
  public void stop() throws InterruptedException {
    List<Thread> ends =
        pipes.values().stream()
            .map(running -> Thread.ofVirtual().name("pipe-end").start(running.pipe()::close))
            .toList();
    for (Thread end : ends) {
      end.join();
    }
  }
}
