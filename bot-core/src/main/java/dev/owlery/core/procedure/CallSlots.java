package dev.owlery.core.procedure;

import java.util.HashMap;
import java.util.Map;

/** How many calls are being served, in all and for each caller. Safe for use by several threads. */
final class CallSlots {

  private final int most;
  private final int mostPerCaller;
  private final Map<String, Integer> perCaller = new HashMap<>();
  private int all;

  CallSlots(int most, int mostPerCaller) {
    this.most = most;
    this.mostPerCaller = mostPerCaller;
  }

  /** Takes a slot if there is one. */
  synchronized boolean take(String caller) {
    int theirs = perCaller.getOrDefault(caller, 0);
    if (all >= most || theirs >= mostPerCaller) {
      return false;
    }
    all++;
    perCaller.put(caller, theirs + 1);
    return true;
  }

  /** Gives back a slot that was taken. */
  synchronized void free(String caller) {
    all--;
    perCaller.computeIfPresent(caller, (who, theirs) -> theirs == 1 ? null : theirs - 1);
  }
}
