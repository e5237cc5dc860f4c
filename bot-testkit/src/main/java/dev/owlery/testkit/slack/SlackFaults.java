package dev.owlery.testkit.slack;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/**
 * What goes wrong, and when. Calls are meant by the method's name, {@code chat.postMessage} for
 * example, or by {@code *} for any. What was ordered for the next calls comes before what is
 * ordered for every n-th. Safe for use by several threads.
 */
public final class SlackFaults {
  private static final String ANY = "*";

  private final Map<String, Queue<SlackFault.OfCall>> nextCalls = new HashMap<>();
  private final Map<String, Map<SlackFault.OfCall, Integer>> everyCall = new HashMap<>();
  private final Map<String, Integer> calls = new HashMap<>();
  private final Queue<SlackFault.OfDelivery> nextDeliveries = new ArrayDeque<>();
  private final Map<SlackFault.OfDelivery, Integer> everyDelivery = new LinkedHashMap<>();
  private int deliveries;

  SlackFaults() {}

  /**
   * Spoils the next call.
   *
   * @param method of this method
   * @param fault how
   * @return these faults
   */
  public SlackFaults next(String method, SlackFault.OfCall fault) {
    return next(1, method, fault);
  }

  /**
   * Spoils the next calls.
   *
   * @param times how many
   * @param method of this method
   * @param fault how
   * @return these faults
   */
  public synchronized SlackFaults next(int times, String method, SlackFault.OfCall fault) {
    Queue<SlackFault.OfCall> queue =
        nextCalls.computeIfAbsent(method, unknown -> new ArrayDeque<>());
    for (int i = 0; i < times; i++) {
      queue.add(fault);
    }
    return this;
  }

  /**
   * Spoils every n-th call until {@link #clear}.
   *
   * @param n which
   * @param method of this method
   * @param fault how
   * @return these faults
   */
  public synchronized SlackFaults every(int n, String method, SlackFault.OfCall fault) {
    everyCall.computeIfAbsent(method, unknown -> new LinkedHashMap<>()).put(fault, n);
    return this;
  }

  /**
   * Spoils what the bot gets next.
   *
   * @param times how many deliveries
   * @param fault how
   * @return these faults
   */
  public synchronized SlackFaults next(int times, SlackFault.OfDelivery fault) {
    for (int i = 0; i < times; i++) {
      nextDeliveries.add(fault);
    }
    return this;
  }

  /**
   * Spoils every n-th delivery until {@link #clear}.
   *
   * @param n which
   * @param fault how
   * @return these faults
   */
  public synchronized SlackFaults every(int n, SlackFault.OfDelivery fault) {
    everyDelivery.put(fault, n);
    return this;
  }

  /** Nothing goes wrong from here on. */
  public synchronized void clear() {
    nextCalls.clear();
    everyCall.clear();
    nextDeliveries.clear();
    everyDelivery.clear();
  }

  synchronized Optional<SlackFault.OfCall> ofCall(String method) {
    return ofCallBy(method).or(() -> ofCallBy(ANY));
  }

  private Optional<SlackFault.OfCall> ofCallBy(String method) {
    Queue<SlackFault.OfCall> ordered = nextCalls.get(method);
    if (ordered != null && !ordered.isEmpty()) {
      return Optional.of(ordered.remove());
    }
    int count = calls.merge(method, 1, Integer::sum);
    return due(everyCall.getOrDefault(method, Map.of()), count);
  }

  synchronized Optional<SlackFault.OfDelivery> ofDelivery() {
    if (!nextDeliveries.isEmpty()) {
      return Optional.of(nextDeliveries.remove());
    }
    deliveries++;
    return due(everyDelivery, deliveries);
  }

  private static <F> Optional<F> due(Map<F, Integer> faults, int count) {
    return faults.entrySet().stream()
        .filter(fault -> count % fault.getValue() == 0)
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
