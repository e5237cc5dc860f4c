package dev.owlery.launcher;

import dev.owlery.api.action.Action;
import dev.owlery.api.action.Join;
import dev.owlery.api.action.Receipt;
import dev.owlery.api.adapter.AccountState;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.plugin.Bot;
import dev.owlery.core.Engine;
import dev.owlery.launcher.ExitCodes.StartFailure;
import dev.owlery.launcher.config.Configuration;
import dev.owlery.launcher.config.FaultyConfiguration;
import dev.owlery.launcher.log.LogSetup;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A stay in one conversation, which somebody named on the command line: its account is online, and
 * in the room. Belongs to one thread.
 */
final class ConversationSession implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String address;
  private final TemporaryBot visit;
  private final Conversation where;

  /**
   * Goes there.
   *
   * @param ear what to do with what is said there, if anything
   * @param progress gets a line every few seconds while the account is not online
   * @throws StartFailure if that is not possible
   */
  ConversationSession(
      ConfigFile config,
      ProcessEnvironment environment,
      String address,
      Optional<MessageListener.Hearing> ear,
      PrintWriter progress)
      throws FaultyConfiguration {
    this.address = address;
    Configuration configuration = config.read(environment);
    String name = account(configuration);
    if (!config.verbose()) {
      LogSetup.quiet();
    }
    this.visit = new TemporaryBot(configuration, account -> account.id().name().equals(name), ear);
    boolean arrived = false;
    try {
      AccountState state =
          visit.settled(PATIENCE, TemporaryBot.Until.SETTLED, progress).values().iterator().next();
      if (!TemporaryBot.isOnline(state)) {
        throw new StartFailure(ExitCodes.FAILED, name + " is not online: " + state.detail());
      }
      this.where = locate();
      enter();
      arrived = true;
    } finally {
      if (!arrived) {
        visit.close();
      }
    }
  }

  private String account(Configuration configuration) {
    int slash = address.indexOf('/');
    if (slash < 1 || slash == address.length() - 1) {
      throw new StartFailure(ExitCodes.WRONG, "write ACCOUNT/ROOM, not " + address);
    }
    String name = address.substring(0, slash);
    AccountNames.check(configuration, name);
    return name;
  }

  private Conversation locate() {
    try {
      return bot().locate(address);
    } catch (IllegalArgumentException e) {
      throw new StartFailure(ExitCodes.WRONG, String.valueOf(e.getMessage()));
    }
  }

  private void enter() {
    if (where.kind() == Conversation.Kind.ROOM && !bot().rooms(where.account()).contains(where)) {
      confirm(new Join(where, Optional.empty()));
    }
  }

  Bot bot() {
    return visit.engine().bot();
  }

  Engine engine() {
    return visit.engine();
  }

  Conversation where() {
    return where;
  }

  /** Does something and waits until the network has confirmed it. */
  void confirm(Action action) {
    confirm(bot().perform(action).toCompletableFuture());
  }

  /** Waits until the network has confirmed something. */
  void confirm(Future<Receipt> receipt) {
    String trouble =
        switch (receipt(receipt)) {
          case Receipt.Delivered delivered -> "";
          case Receipt.Refused refused -> "refused: " + refused.reason();
          case Receipt.Unsupported unsupported -> "not possible here: " + unsupported.what();
          case Receipt.Dead dead -> "given up: " + dead.reason();
        };
    if (!trouble.isEmpty()) {
      throw new StartFailure(ExitCodes.FAILED, address + ": " + trouble);
    }
  }

  private Receipt receipt(Future<Receipt> receipt) {
    try {
      return receipt.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new StartFailure(ExitCodes.FAILED, address + ": the network has not confirmed it");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    visit.close();
  }
}
