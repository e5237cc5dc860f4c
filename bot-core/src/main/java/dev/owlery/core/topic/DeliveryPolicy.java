package dev.owlery.core.topic;

import dev.owlery.api.content.Item;
import dev.owlery.api.content.Item.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How items are told somewhere. What is left out is told at once, as a card.
 *
 * @param template in which words
 * @param quiet when nothing is told that can wait
 * @param digest how long items are collected, to be told together
 * @param bypass from which severity on an item does not wait; critical ones if absent
 */
public record DeliveryPolicy(
    Optional<Template> template,
    Optional<QuietHours> quiet,
    Optional<Duration> digest,
    Optional<Severity> bypass) {

  /** At once, as a card. */
  public static final DeliveryPolicy PLAIN =
      new DeliveryPolicy(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /**
   * Fills what is left out.
   *
   * @param other what holds otherwise
   * @return this manner, completed
   */
  public DeliveryPolicy or(DeliveryPolicy other) {
    return new DeliveryPolicy(
        template.or(other::template),
        quiet.or(other::quiet),
        digest.or(other::digest),
        bypass.or(other::bypass));
  }

  /**
   * When an item is to be told that comes now.
   *
   * @param item the item
   * @param now the moment
   * @return a later moment; empty for at once
   */
  Optional<Instant> later(Item item, Instant now) {
    if (item.severity().compareTo(bypass.orElse(Severity.CRITICAL)) >= 0) {
      return Optional.empty();
    }
    Optional<Instant> collected = digest.filter(Duration::isPositive).map(now::plus);
    Optional<Instant> loud = quiet.flatMap(hours -> hours.end(collected.orElse(now)));
    return loud.or(() -> collected);
  }
}
