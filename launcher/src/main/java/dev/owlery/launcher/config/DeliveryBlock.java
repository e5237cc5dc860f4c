package dev.owlery.launcher.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import dev.owlery.api.content.Item.Severity;
import dev.owlery.api.settings.Settings;
import dev.owlery.core.topic.DeliveryPolicy;
import dev.owlery.core.topic.QuietHours;
import dev.owlery.core.topic.Template;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads how items are told: the block {@code telling}, and the same keys in {@code topics}. */
final class DeliveryBlock {

  private final RecordBinder binder;
  private final ConfigFaults faults;

  /**
   * What stands behind a conversation.
   *
   * @param template in which words
   * @param quiet when nothing is told that can wait
   * @param digest how long items are collected
   * @param bypass from which severity on an item does not wait
   */
  @Settings
  record DeliveryKeys(
      Optional<String> template,
      Optional<String> quiet,
      Optional<Duration> digest,
      Optional<Severity> bypass) {}

  DeliveryBlock(RecordBinder binder, ConfigFaults faults) {
    this.binder = binder;
    this.faults = faults;
  }

  /** Reads the block {@code telling}: manners by a conversation's address. */
  Map<String, DeliveryPolicy> read(Block block, Set<String> accounts) {
    Map<String, DeliveryPolicy> manners = new LinkedHashMap<>();
    for (Map.Entry<String, ConfigValue> entry : SettingReader.inFileOrder(block.object())) {
      String address = entry.getKey();
      String path = block.pathOf(address);
      int slash = address.indexOf('/');
      if (!(entry.getValue() instanceof ConfigObject object)) {
        faults.add(entry.getValue().origin(), path, "must be a block { digest = 15m }");
      } else if (slash < 1 || slash == address.length() - 1) {
        faults.add(object.origin(), path, "must be an address in quotes, like \"libera/#owls\"");
      } else if (!accounts.contains(address.substring(0, slash))) {
        String account = address.substring(0, slash);
        faults.add(
            object.origin(),
            path,
            "there is no account " + account + Suggestion.nearestOf(account, accounts));
      } else {
        Block own = new Block(path, object);
        binder.bind(DeliveryKeys.class, own).ifPresent(w -> manners.put(address, manner(w, own)));
      }
    }
    return manners;
  }

  /** The manner that is written in a block; faults are reported there. */
  DeliveryPolicy manner(DeliveryKeys written, Block block) {
    return new DeliveryPolicy(
        parsed(written.template(), Template::new, block, "template"),
        parsed(written.quiet(), QuietHours::of, block, "quiet"),
        written.digest(),
        written.bypass());
  }

  private <T> Optional<T> parsed(
      Optional<String> text, Function<String, T> parser, Block block, String key) {
    try {
      return text.map(parser);
    } catch (IllegalArgumentException e) {
      faults.add(binder.originOf(block, key), block.pathOf(key), String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }
}
