package dev.owlery.core.file;

import dev.owlery.api.adapter.AccountState.Phase;
import dev.owlery.api.chat.AccountId;
import dev.owlery.api.file.FileTransport;
import dev.owlery.api.file.Transfers.RegisteredTransport;
import dev.owlery.core.account.Accounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** All transports: those of the adapters, and behind them those of plugins. For any thread. */
final class TransportRegistry {

  private final Accounts accounts;
  private final List<FileTransport> added = new CopyOnWriteArrayList<>();

  TransportRegistry(Accounts accounts) {
    this.accounts = accounts;
  }

  synchronized RegisteredTransport add(FileTransport transport) {
    boolean taken =
        accounts.names().stream().anyMatch(account -> find(account, transport.name()).isPresent())
            || added.stream().anyMatch(each -> each.name().equals(transport.name()));
    if (taken) {
      throw new IllegalArgumentException("there is a transport " + transport.name() + " already");
    }
    added.add(transport);
    return () -> added.remove(transport);
  }

  /** What could carry a file over an account, the best first. */
  List<FileTransport> of(AccountId account) {
    List<FileTransport> all = new ArrayList<>(accounts.adapter(account).transports());
    all.addAll(added);
    return all;
  }

  boolean isOnline(AccountId account) {
    return accounts.state(account).phase() == Phase.ONLINE;
  }

  Optional<FileTransport> find(AccountId account, String name) {
    return of(account).stream().filter(each -> each.name().equals(name)).findFirst();
  }
}
