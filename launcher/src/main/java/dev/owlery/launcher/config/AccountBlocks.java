package dev.owlery.launcher.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import dev.owlery.api.adapter.AdapterProvider;
import dev.owlery.api.chat.AccountId;
import dev.owlery.core.topic.TopicAccount;
import dev.owlery.launcher.control.LocalAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the block {@code accounts}: each account by the record of its protocol's adapter. */
final class AccountBlocks {

  private static final String PROTOCOL = "protocol";

  private final Map<String, AdapterProvider> protocols;
  private final RecordBinder binder;
  private final ConfigFaults faults;

  /** The adapters of all accounts whose protocol is known, also of those at fault. */
  private final Map<String, AdapterProvider> byName = new TreeMap<>();

  AccountBlocks(Map<String, AdapterProvider> protocols, RecordBinder binder, ConfigFaults faults) {
    this.protocols = protocols;
    this.binder = binder;
    this.faults = faults;
  }

  List<Configuration.AccountConfiguration> read(Block block) {
    List<Configuration.AccountConfiguration> accounts = new ArrayList<>();
    for (Map.Entry<String, ConfigValue> entry : SettingReader.inFileOrder(block.object())) {
      String path = block.pathOf(entry.getKey());
      if (entry.getValue() instanceof ConfigObject object) {
        account(entry.getKey(), new Block(path, object)).ifPresent(accounts::add);
      } else {
        faults.add(entry.getValue().origin(), path, "must be a block { protocol = ... }");
      }
    }
    if (block.object().isEmpty() && !faults.isRepaired()) {
      faults.add(block.origin(), "accounts", "is missing: the bot needs at least one account");
    }
    return accounts;
  }

  private Optional<Configuration.AccountConfiguration> account(String name, Block block) {
    Optional<AccountId> id = id(name, block);
    Optional<AdapterProvider> provider = provider(block);
    if (provider.isEmpty()) {
      return Optional.empty();
    }
    byName.put(name, provider.get());
    Optional<? extends Record> settings =
        binder.bind(provider.get().settingsType(), block.without(PROTOCOL));
    return id.isPresent() && settings.isPresent()
        ? Optional.of(
            new Configuration.AccountConfiguration(id.get(), provider.get(), settings.get()))
        : Optional.empty();
  }

  /** The adapters by account, after {@link #read}. */
  Map<String, AdapterProvider> byName() {
    return byName;
  }

  private Optional<AccountId> id(String name, Block block) {
    if (name.equals(TopicAccount.ID.name()) || name.equals(LocalAccount.ID.name())) {
      faults.add(block.origin(), block.path(), "is the bot's own: call it something else");
      return Optional.empty();
    }
    try {
      return Optional.of(new AccountId(name));
    } catch (IllegalArgumentException e) {
      faults.add(block.origin(), block.path(), String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private Optional<AdapterProvider> provider(Block block) {
    Optional<ConfigValue> value = block.value(PROTOCOL);
    String known = String.join(", ", protocols.keySet());
    if (value.isEmpty()) {
      faults.add(block.origin(), block.pathOf(PROTOCOL), "is missing: must be one of " + known);
      return Optional.empty();
    }
    String name = Document.isUnresolved(value.get()) ? "" : String.valueOf(value.get().unwrapped());
    AdapterProvider provider = protocols.get(name);
    if (provider == null) {
      faults.add(
          value.get().origin(),
          block.pathOf(PROTOCOL),
          "must be one of "
              + known
              + (name.isEmpty() ? "" : ", not " + ConfigUtil.quoteString(name))
              + Suggestion.nearestOf(name, protocols.keySet()));
    }
    return Optional.ofNullable(provider);
  }
}
