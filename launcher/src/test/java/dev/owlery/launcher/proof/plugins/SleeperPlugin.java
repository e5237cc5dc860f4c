package dev.owlery.launcher.proof.plugins;

import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.plugin.On;
import dev.owlery.api.plugin.Plugin;
import jakarta.inject.Inject;
import java.util.concurrent.CountDownLatch;

/** Sleeps for ever when somebody says so. */
public final class SleeperPlugin implements Plugin {
  private final CountDownLatch never = new CountDownLatch(1);

  @Inject
  SleeperPlugin() {}

  /**
   * Falls asleep.
   *
   * @param message what was said
   * @throws InterruptedException when woken
   */
  @On
  public void sleep(MessagePosted message) throws InterruptedException {
    if (message.content().text().plain().startsWith("sleep")) {
      never.await();
    }
  }
}
