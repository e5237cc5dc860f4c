package dev.owlery.launcher;

import dev.owlery.api.action.Action;
import dev.owlery.api.action.Join;
import dev.owlery.api.action.Receipt;
import dev.owlery.api.action.Say;
import dev.owlery.api.adapter.AccountState;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.content.Content;
import dev.owlery.api.plugin.Bot;
import dev.owlery.core.command.Spelling;
import dev.owlery.launcher.Ending.Failure;
import dev.owlery.launcher.config.Configuration;
import dev.owlery.launcher.config.FaultyConfiguration;
import dev.owlery.launcher.log.LogSetup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Sends one message and waits until the network has confirmed it. */
@Command(
    name = "send",
    description = "Send one message through a configured account, then exit (0 = confirmed).",
    mixinStandardHelpOptions = true)
final class SendCommand implements Callable<Integer> {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Environment environment;

  @Mixin private ConfigFile config = new ConfigFile();

  @Parameters(
      index = "0",
      paramLabel = "ACCOUNT/ROOM",
      description = "Where to, for example libera/#owls or libera/alice.")
  private String address = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "TEXT",
      description = "What to say; several words are joined by blanks.")
  private List<String> words = new ArrayList<>();

  SendCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws FaultyConfiguration {
    Configuration configuration = config.read(environment);
    String name = account(configuration);
    if (!config.verbose()) {
      LogSetup.quiet();
    }
    try (Visit visit = new Visit(configuration, account -> account.id().name().equals(name))) {
      AccountState state = visit.settled(PATIENCE).values().iterator().next();
      if (!Visit.isOnline(state)) {
        throw new Failure(Ending.FAILED, name + " is not online: " + state.detail());
      }
      say(visit.engine().bot());
      return Ending.FINE;
    }
  }

  private String account(Configuration configuration) {
    List<String> names =
        configuration.accounts().stream().map(account -> account.id().name()).toList();
    int slash = address.indexOf('/');
    if (slash < 1 || slash == address.length() - 1) {
      throw new Failure(Ending.WRONG, "write ACCOUNT/ROOM, not " + address);
    }
    String name = address.substring(0, slash);
    if (!names.contains(name)) {
      List<String> near = Spelling.near(name, names);
      throw new Failure(
          Ending.WRONG,
          near.isEmpty()
              ? "there is no account " + name + "; known are " + String.join(", ", names)
              : "there is no account " + name + "; did you mean " + near.getFirst() + "?");
    }
    return name;
  }

  private void say(Bot bot) {
    Conversation where = where(bot);
    boolean outside =
        where.kind() == Conversation.Kind.ROOM && !bot.rooms(where.account()).contains(where);
    if (outside) {
      confirm(bot, new Join(where, Optional.empty()));
    }
    confirm(bot, new Say(where, Content.of(String.join(" ", words))));
  }

  private Conversation where(Bot bot) {
    try {
      return bot.locate(address);
    } catch (IllegalArgumentException e) {
      throw new Failure(Ending.WRONG, String.valueOf(e.getMessage()));
    }
  }

  private void confirm(Bot bot, Action action) {
    Receipt receipt = receipt(bot, action);
    String trouble =
        switch (receipt) {
          case Receipt.Delivered delivered -> "";
          case Receipt.Refused refused -> "refused: " + refused.reason();
          case Receipt.Unsupported unsupported -> "not possible here: " + unsupported.what();
          case Receipt.Dead dead -> "given up: " + dead.reason();
        };
    if (!trouble.isEmpty()) {
      throw new Failure(Ending.FAILED, address + ": " + trouble);
    }
  }

  private Receipt receipt(Bot bot, Action action) {
    try {
      return bot.perform(action).toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new Failure(Ending.FAILED, address + ": the network has not confirmed it");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
