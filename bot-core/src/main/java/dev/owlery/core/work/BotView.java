package dev.owlery.core.work;

import dev.owlery.api.action.Action;
import dev.owlery.api.action.Receipt;
import dev.owlery.api.adapter.Capability;
import dev.owlery.api.adapter.Door;
import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.plugin.Bot;
import dev.owlery.core.account.Accounts;
import dev.owlery.core.outbox.Priority;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The bot as plugins see it: within a handler actions wait in the handler's unit, elsewhere each is
 * a transaction of its own. Every method may be called from any thread.
 *
 * @param name what the bot is called
 * @param accountsStation who knows the adapters
 * @param committer where actions are committed
 */
public record BotView(String name, Accounts accountsStation, Committer committer) implements Bot {

  @Override
  public CompletionStage<Receipt> perform(Action action) {
    accountsStation.adapter(action.where().account());
    return UnitOfWork.CURRENT.isBound()
        ? UnitOfWork.CURRENT.get().add(action)
        : committer.commit(action);
  }

  @Override
  public void asOne(Runnable work) {
    asOne(Priority.NORMAL, work);
  }

  @Override
  public void asOneFor(Member whom, Runnable work) {
    asOne(whom.identity().isPresent() ? Priority.PERSON : Priority.NORMAL, work);
  }

  private void asOne(Priority priority, Runnable work) {
    if (UnitOfWork.CURRENT.isBound()) {
      work.run();
      return;
    }
    UnitOfWork unit = new UnitOfWork(priority);
    boolean done = false;
    try {
      ScopedValue.where(UnitOfWork.CURRENT, unit).run(work);
      done = true;
    } finally {
      if (!done) {
        unit.clear();
      }
    }
    committer.commit(Optional.empty(), List.of(unit));
  }

  @Override
  public Conversation locate(String address) {
    return accountsStation.locate(address);
  }

  @Override
  public List<AccountId> accounts() {
    return accountsStation.names();
  }

  @Override
  public Member self(AccountId account) {
    return accountsStation.adapter(account).self();
  }

  @Override
  public boolean can(AccountId account, Capability capability) {
    return accountsStation.adapter(account).capabilities().contains(capability);
  }

  @Override
  public <D extends Door> Optional<D> door(AccountId account, Class<D> type) {
    return accountsStation.adapter(account).door(type);
  }

  @Override
  public List<Conversation> rooms(AccountId account) {
    return accountsStation.adapter(account).rooms();
  }

  @Override
  public List<Member> members(Conversation room) {
    return accountsStation.adapter(room.account()).members(room);
  }
}
