package dev.owlery.core.lane;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One call of a plugin's code, and whether its thread still drives the lane. Of finishing, being
 * overtaken and stepping aside exactly one happens. Safe for use by several threads.
 */
final class HandlerCall {

  private enum CallState {
    DRIVING,
    FINISHED,
    OVERTAKEN,
    ASIDE
  }

  private final AtomicReference<CallState> state = new AtomicReference<>(CallState.DRIVING);
  private final PluginGate gate;
  private final AtomicInteger failures;
  private volatile long since;

  HandlerCall(PluginGate gate, AtomicInteger failures, long since) {
    this.gate = gate;
    this.failures = failures;
    this.since = since;
  }

  /** Notes that the code did what it should. */
  void succeeded() {
    if (failures.get() != 0) {
      failures.set(0);
    }
  }

  /** Notes that the code failed or took too long; returns true if its plugin is paused for it. */
  boolean failed() {
    return gate.failed(failures);
  }

  String plugin() {
    return gate.plugin();
  }

  /** Ends it; returns whether the thread still drives the lane. */
  boolean finish() {
    return state.compareAndSet(CallState.DRIVING, CallState.FINISHED);
  }

  /** Gives the lane up to wait; returns whether the thread drove it until now. */
  boolean release() {
    return state.compareAndSet(CallState.DRIVING, CallState.ASIDE);
  }

  /**
   * Ends it if it has lasted so long; one that began in the future does so when it is looked at.
   */
  boolean overtakeIfLasting(long patience, long now) {
    if (now < since) {
      since = now; // the clock was set back
    }
    return since <= now - patience && state.compareAndSet(CallState.DRIVING, CallState.OVERTAKEN);
  }
}
