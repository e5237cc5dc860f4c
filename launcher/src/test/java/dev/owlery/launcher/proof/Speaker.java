package dev.owlery.launcher.proof;

import dev.owlery.testkit.irc.IrcWitness;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Goes on saying numbered commands into rooms in turn, at a pace, without waiting for answers,
 * whether the bot is there or not. It may say only as many as it has been allowed to.
 */
final class Speaker implements AutoCloseable {
  private final Voice voice;
  private final List<String> rooms;
  private final String mark;
  private final AtomicInteger allowed = new AtomicInteger();
  private final AtomicInteger said = new AtomicInteger();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile long pause;
  private volatile boolean stopped;

  /** Says one line in one of the rooms; fails unchecked when the server is gone. */
  interface Voice {
    void say(String room, String text);
  }

  /** Begins to speak on IRC, as soon as it is allowed to. */
  Speaker(IrcWitness witness, List<String> rooms, String mark, int perSecond) {
    this(witness::say, rooms, mark, perSecond);
  }

  /** Begins to speak, as soon as it is allowed to. */
  Speaker(Voice voice, List<String> rooms, String mark, int perSecond) {
    this.voice = voice;
    this.rooms = List.copyOf(rooms);
    this.mark = mark;
    this.pause = 1_000_000_000L / perSecond;
    Thread.ofPlatform().daemon().name("speaker").start(this::speak);
  }

  private void speak() {
    try {
      long next = System.nanoTime();
      while (!stopped) {
        int number = said.get();
        if (number >= allowed.get()) {
          LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
          next = System.nanoTime();
          continue;
        }
        long wait = next - System.nanoTime();
        if (wait > 0) {
          LockSupport.parkNanos(wait);
        }
        next += pause;
        voice.say(room(number), "!echo " + text(number));
        said.incrementAndGet();
      }
    } catch (UncheckedIOException serverGone) {
      stopped = true;
    } finally {
      ended.countDown();
    }
  }

  String room(int number) {
    return rooms.get(number % rooms.size());
  }

  /** What the bot is to answer. */
  String text(int number) {
    return "n-" + mark + "-" + number;
  }

  /** The numbers that were said into a room so far, in order. */
  List<Integer> numbers(String room) {
    return java.util.stream.IntStream.range(0, said.get())
        .filter(number -> room(number).equals(room))
        .boxed()
        .toList();
  }

  List<String> rooms() {
    return rooms;
  }

  String mark() {
    return mark;
  }

  int said() {
    return said.get();
  }

  void allow(int more) {
    allowed.addAndGet(more);
  }

  void pace(int perSecond) {
    pause = 1_000_000_000L / perSecond;
  }

  /** Waits until all that is allowed has been said. */
  void awaitSaid(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (said.get() < allowed.get() && !stopped) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("said only " + said + " of " + allowed);
      }
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  @Override
  public void close() {
    stopped = true;
    try {
      if (!ended.await(5, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the speaker does not stop");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
