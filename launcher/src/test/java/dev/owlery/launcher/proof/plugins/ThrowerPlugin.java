package dev.owlery.launcher.proof.plugins;

import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.plugin.On;
import dev.owlery.api.plugin.Plugin;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;

/** Throws whenever somebody says so, or uses all memory up. */
public final class ThrowerPlugin implements Plugin {
  private static final int PIECE = 1 << 20;

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
    if (text.equals("throw memory")) {
      throw new OutOfMemoryError("thrown on purpose");
    }
    if (text.equals("exhaust memory")) {
      List<byte[]> all = new ArrayList<>();
      while (all.size() < Integer.MAX_VALUE) {
        all.add(new byte[PIECE]);
      }
    }
  }
}
