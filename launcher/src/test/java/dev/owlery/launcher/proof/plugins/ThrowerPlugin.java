package dev.owlery.launcher.proof.plugins;

import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.plugin.On;
import dev.owlery.api.plugin.Plugin;
import jakarta.inject.Inject;

/** Throws whenever somebody says so. */
public final class ThrowerPlugin implements Plugin {

  @Inject
  ThrowerPlugin() {}

  /**
   * Throws, an error or an exception.
   *
   * @param message what was said
   */
  @On
  public void fail(MessagePosted message) {
    String text = message.content().text().plain();
    if (text.equals("throw")) {
      throw new IllegalStateException("thrown on purpose");
    }
    if (text.equals("throw error")) {
      throw new StackOverflowError("thrown on purpose");
    }
  }
}
