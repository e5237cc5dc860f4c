package dev.owlery.launcher;

import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.plugin.On;
import dev.owlery.api.plugin.Plugin;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicLong;

/** Computes without end when somebody says so. */
public final class SpinPlugin implements Plugin {

  private final AtomicLong turns = new AtomicLong();

  @Inject
  SpinPlugin() {}

  /** Never comes back from a message that says "spin". */
  @On
  public void heard(MessagePosted message) {
    while (message.content().plain().equals("spin")) {
      turns.incrementAndGet();
    }
  }
}
