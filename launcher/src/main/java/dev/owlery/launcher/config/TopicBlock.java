package dev.owlery.launcher.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import dev.owlery.api.settings.Settings;
import dev.owlery.core.topic.TopicPattern;
import dev.owlery.core.topic.TopicSettings;
import dev.owlery.core.topic.TopicSettings.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the block {@code topics}: where topics are told. */
final class TopicBlock {

  private static final String TO = "to";

  private final RecordBinder binder;
  private final Faults faults;

  /**
   * What stands behind a topic.
   *
   * @param to addresses of conversations, written {@code account/room}
   */
  @Settings
  record Written(List<String> to) {}

  TopicBlock(RecordBinder binder, Faults faults) {
    this.binder = binder;
    this.faults = faults;
  }

  /**
   * Reads the block.
   *
   * @param block the block; empty if it is not there
   * @param accounts the names of all accounts, also of those at fault
   */
  TopicSettings read(Block block, Set<String> accounts) {
    List<Route> routes = new ArrayList<>();
    read("", block, accounts, routes);
    return new TopicSettings(routes);
  }

  /** A dot in a key that is not quoted makes a block in a block, which means the same. */
  private void read(String prefix, Block block, Set<String> accounts, List<Route> routes) {
    for (Map.Entry<String, ConfigValue> entry : ValueReader.inFileOrder(block.object())) {
      if (entry.getKey().equals(TO) && entry.getValue() instanceof ConfigList) {
        continue;
      }
      String topic = prefix.isEmpty() ? entry.getKey() : prefix + "." + entry.getKey();
      String path = block.pathOf(entry.getKey());
      if (entry.getValue() instanceof ConfigObject object) {
        Block inner = new Block(path, object);
        if (object.get(TO) instanceof ConfigList || object.isEmpty()) {
          route(topic, inner, accounts, routes);
        }
        read(topic, inner, accounts, routes);
      } else {
        faults.add(entry.getValue().origin(), path, "must be a block { to = [ ... ] }");
      }
    }
  }

  private void route(String topic, Block block, Set<String> accounts, List<Route> routes) {
    Block own = new Block(block.path(), only(block.object()));
    binder
        .bind(Written.class, own)
        .ifPresent(written -> {
          check(written, own, accounts);
          try {
            routes.add(new Route(new TopicPattern(topic), written.to()));
          } catch (IllegalArgumentException e) {
            faults.add(block.origin(), block.path(), String.valueOf(e.getMessage()));
          }
        });
  }

  private static ConfigObject only(ConfigObject object) {
    ConfigObject own = object;
    for (String key : object.keySet()) {
      own = key.equals(TO) ? own : own.withoutKey(key);
    }
    return own;
  }

  private void check(Written written, Block block, Set<String> accounts) {
    ConfigOrigin origin = binder.originOf(block, TO);
    if (written.to().isEmpty()) {
      faults.add(origin, block.pathOf(TO), "is empty: where is the topic to be told?");
    }
    for (String address : written.to()) {
      int slash = address.indexOf('/');
      if (slash < 1 || slash == address.length() - 1) {
        faults.add(origin, block.pathOf(TO), "must be addresses, like \"libera/#owls\"");
      } else if (!accounts.contains(address.substring(0, slash))) {
        String account = address.substring(0, slash);
        faults.add(
            origin,
            block.pathOf(TO),
            "there is no account " + account + Suggestion.nearestOf(account, accounts));
      }
    }
  }
}
