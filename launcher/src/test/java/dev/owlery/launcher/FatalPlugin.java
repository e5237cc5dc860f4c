package dev.owlery.launcher;

import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.plugin.Bot;
import dev.owlery.api.plugin.On;
import dev.owlery.api.plugin.Plugin;
import dev.owlery.api.plugin.Store;
import jakarta.inject.Inject;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Counts what it hears, and ends its process in the way that somebody names. */
public final class FatalPlugin implements Plugin {

  static final String DONE = "done-";

  private final Store store;
  private final Bot bot;

  @Inject
  FatalPlugin(Store store, Bot bot) {
    this.store = store;
    this.bot = bot;
  }

  /** Notes the message, once it has survived it. */
  @On
  public void heard(MessagePosted message) {
    String text = message.content().plain();
    switch (text) {
      case "exit" -> System.exit(7);
      case "heap" -> fill();
      case "native" -> crash();
      case "wait" -> {
        System.out.println("waiting");
        LockSupport.park(this);
      }
      default -> {
        store.put(DONE + text, "1");
        bot.say(message.where(), "heard " + text);
      }
    }
  }

  private static void fill() {
    List<byte[]> all = new ArrayList<>();
    while (all.size() < Integer.MAX_VALUE) {
      all.add(new byte[1 << 20]);
    }
  }

  @SuppressWarnings("restricted")
  private static void crash() {
    MemorySegment nowhere = MemorySegment.ofAddress(8).reinterpret(8);
    nowhere.set(ValueLayout.JAVA_BYTE, 0, (byte) 1);
  }
}
