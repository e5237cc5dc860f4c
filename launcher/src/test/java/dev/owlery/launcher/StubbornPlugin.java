package dev.owlery.launcher;

import dev.owlery.api.plugin.Plugin;
import jakarta.inject.Inject;
import java.util.concurrent.locks.LockSupport;

/** A plugin that does not want to end, and does not listen when it is told to. */
public final class StubbornPlugin implements Plugin {

  @Inject
  StubbornPlugin() {}

  @Override
  public void stop() {
    while (true) {
      LockSupport.park(this);
    }
  }
}
