package dev.owlery.benchmarks;

import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.command.Commands.Decision;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.Tone;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.event.Origin;
import dev.owlery.core.account.Accounts;
import dev.owlery.core.command.CommandRouter;
import dev.owlery.core.command.CommandSettings;
import dev.owlery.core.filter.Filters;
import dev.owlery.core.inbox.Inbox;
import dev.owlery.core.journal.Journal.OutboxEntry;
import dev.owlery.core.journal.MemoryJournal;
import dev.owlery.core.lane.Handlers;
import dev.owlery.core.lane.Incidents;
import dev.owlery.core.lane.Lanes;
import dev.owlery.core.outbox.Outbox;
import dev.owlery.core.outbox.OutboxListener;
import dev.owlery.core.outbox.OutboxSettings;
import dev.owlery.core.permission.Permissions;
import dev.owlery.core.schedule.SystemTimers;
import dev.owlery.core.schedule.Timers;
import dev.owlery.core.work.Committer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The stations between an adapter and a plugin, with nothing at either end and a journal in memory.
 */
record Stations(Timers timers, Handlers handlers, CommandRouter commands, Lanes lanes, Inbox inbox)
    implements AutoCloseable {

  static final AccountId ACCOUNT = new AccountId("bench");

  static Stations open() {
    Timers timers = new SystemTimers();
    MemoryJournal journal = new MemoryJournal(timers.clock());
    Accounts accounts = new Accounts();
    Outbox outbox =
        new Outbox(
            journal,
            timers,
            new OutboxSettings(10_000, 10, Duration.ofHours(24), true),
            new Silent());
    Committer committer = new Committer(journal, outbox, accounts, timers, say -> true);
    Handlers handlers = new Handlers(0);
    CommandRouter commands =
        new CommandRouter(
            new CommandSettings("!", Duration.ofMinutes(2), 20, Duration.ofHours(1)),
            new Everything(),
            timers.clock());
    Lanes lanes =
        new Lanes(
            new Lanes.LaneSettings(Duration.ofSeconds(5), 10_000),
            timers,
            new Filters(timers.clock(), 0, new Everything()),
            handlers,
            commands,
            committer,
            new Incidents(),
            accounts,
            plugin -> {});
    return new Stations(timers, handlers, commands, lanes, new Inbox(journal, lanes));
  }

  static MessagePosted message(long key, Conversation where, String text) {
    return new MessagePosted(
        Origin.live(Long.toString(key), Instant.EPOCH),
        where,
        Member.unverified("ann"),
        Content.of(text),
        Tone.NORMAL,
        Optional.empty(),
        Optional.empty());
  }

  @Override
  public void close() {
    lanes.close();
    timers.close();
  }

  private record Everything() implements Permissions {
    @Override
    public Optional<String> person(Member member) {
      return Optional.empty();
    }

    @Override
    public Decision decide(Member member, Conversation where, String permission) {
      return new Decision(true, "everything is permitted");
    }

    @Override
    public boolean isOpen(String permission) {
      return true;
    }
  }

  private record Silent() implements OutboxListener {
    @Override
    public void dead(OutboxEntry entry, String reason) {
      throw new IllegalStateException(reason);
    }

    @Override
    public void refused(OutboxEntry entry, dev.owlery.api.action.Receipt receipt) {
      throw new IllegalStateException(receipt.toString());
    }
  }
}
