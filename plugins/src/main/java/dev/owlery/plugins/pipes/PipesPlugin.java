package dev.owlery.plugins.pipes;

import dev.owlery.api.action.Say;
import dev.owlery.api.command.CommandException;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.Tone;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.plugin.Bot;
import dev.owlery.api.plugin.On;
import dev.owlery.api.plugin.Plugin;
import dev.owlery.api.plugin.Store;
import dev.owlery.api.topic.Topics;
import dev.owlery.plugins.pipes.FairQueue.Sender;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
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

  /** So many who are refused are told. */
  private static final int REFUSED_KEPT = 4_096;

  private final Map<String, RunningPipe> pipes = new TreeMap<>();
  private final Bot bot;
  private final Logger log;

  /**
   * A pipe.
   *
   * @param refused the senders who have been told that it is full, until it has caught up
   */
  private record RunningPipe(
      PipesSettings.Piped settings, Mailbox mailbox, Pipe pipe, Set<Sender> refused) {}

  @Inject
  PipesPlugin(
      PipesSettings settings, Bot bot, Topics topics, Store store, Clock clock, Logger log) {
    this.bot = bot;
    this.log = log;
    settings
        .pipe()
        .forEach((name, piped) -> {
          Mailbox mailbox = new Mailbox(store, name, piped.waiting(), clock);
          Pipe pipe = new Pipe(name, piped, mailbox, bot, topics, log);
          pipes.put(name, new RunningPipe(piped, mailbox, pipe, ConcurrentHashMap.newKeySet()));
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
      if (running.settings().hears(message.where().address())) {
        pass(message, name, running);
      }
    });
  }

  private void pass(MessagePosted event, String name, RunningPipe running) {
    Message message = Message.of(event);
    Set<Sender> refused = running.refused();
    if (running.mailbox().accept(message)) {
      if (!running.mailbox().isCrowded()) {
        refused.clear();
      }
      return;
    }
    if (refused.isEmpty()) {
      log.warn("pipe {} is full: messages are refused until it has caught up", name);
    }
    if (refused.size() < REFUSED_KEPT && refused.add(message.share())) {
      Tone tone = message.share().isVerified() ? Tone.NOTICE : Tone.AUTOMATIC;
      String text =
          "%s%s is behind and has not got your message, nor will it get the next ones. Send it again in a few minutes."
              .formatted(event.where().isDirect() ? "" : event.sender().displayName() + ": ", name);
      bot.perform(new Say(event.where(), Content.of(text), tone, Optional.empty()));
    }
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

  private RunningPipe find(String name) {
    RunningPipe running = pipes.get(name);
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
