package dev.owlery.launcher.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import dev.owlery.api.content.Item.Severity;
import dev.owlery.api.settings.Settings;
import dev.owlery.api.topic.TopicPattern;
import dev.owlery.core.topic.DeliveryPolicy;
import dev.owlery.core.topic.TopicSettings;
import dev.owlery.core.topic.TopicSettings.TopicRoute;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the block {@code topics}: where topics are told. */
final class TopicBlock {

  private static final String TO = "to";

  private final RecordBinder binder;
  private final ConfigFaults faults;
  private final DeliveryBlock manners;

  /**
   * What stands behind a topic.
   *
   * @param to addresses of conversations, written {@code account/room}
   * @param template in which words it is told there
   * @param quiet when it is not told that can wait
   * @param digest how long items are collected
   * @param bypass from which severity on an item does not wait
   */
  @Settings
  record TopicKeys(
      List<String> to,
      Optional<String> template,
      Optional<String> quiet,
      Optional<Duration> digest,
      Optional<Severity> bypass) {

    DeliveryBlock.DeliveryKeys manner() {
      return new DeliveryBlock.DeliveryKeys(template, quiet, digest, bypass);
    }
  }

  TopicBlock(RecordBinder binder, ConfigFaults faults) {
    this.binder = binder;
    this.faults = faults;
    this.manners = new DeliveryBlock(binder, faults);
  }

  /**
   * Reads the blocks {@code topics} and {@code telling}.
   *
   * @param block where topics are told; empty if it is not there
   * @param telling how they are told; empty if it is not there
   * @param accounts the names of all accounts, also of those at fault
   */
  TopicSettings read(Block block, Block telling, Set<String> accounts) {
    List<TopicRoute> routes = new ArrayList<>();
    read("", block, accounts, routes);
    return new TopicSettings(routes, manners.read(telling, accounts));
  }

  /** A dot in a key that is not quoted makes a block in a block, which means the same. */
  private void read(String prefix, Block block, Set<String> accounts, List<TopicRoute> routes) {
    for (Map.Entry<String, ConfigValue> entry : SettingReader.inFileOrder(block.object())) {
      boolean isRoute = !prefix.isEmpty() && block.object().get(TO) instanceof ConfigList;
      if (isRoute && !(entry.getValue() instanceof ConfigObject)) {
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

  private void route(String topic, Block block, Set<String> accounts, List<TopicRoute> routes) {
    Block own = new Block(block.path(), only(block.object()));
    binder
        .bind(TopicKeys.class, own)
        .ifPresent(written -> {
          check(written, own, accounts);
          try {
            DeliveryPolicy manner = manners.manner(written.manner(), own);
            routes.add(new TopicRoute(new TopicPattern(topic), written.to(), manner));
          } catch (IllegalArgumentException e) {
            faults.add(block.origin(), block.path(), String.valueOf(e.getMessage()));
          }
        });
  }

  /** Blocks in it are topics below this one. */
  private static ConfigObject only(ConfigObject object) {
    ConfigObject own = object;
    for (String key : object.keySet()) {
      own = object.get(key) instanceof ConfigObject ? own.withoutKey(key) : own;
    }
    return own;
  }

  private void check(TopicKeys written, Block block, Set<String> accounts) {
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
