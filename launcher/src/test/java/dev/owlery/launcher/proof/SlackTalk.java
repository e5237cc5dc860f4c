package dev.owlery.launcher.proof;

import dev.owlery.testkit.slack.SlackDouble;
import dev.owlery.testkit.slack.SlackRoom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * A person in each of some channels, who says numbered commands. The next one in a channel is said
 * when the bot has acknowledged the one before: so the order in which they reach the bot is
 * certain, however often Slack repeats them.
 */
final class SlackTalk implements AutoCloseable {
  private final SlackDouble slack;
  private final List<String> channels;
  private final int perSecond;
  private final Semaphore allowed = new Semaphore(0);
  private final List<AtomicInteger> said = new ArrayList<>();
  private final List<Thread> people = new ArrayList<>();

  SlackTalk(SlackDouble slack, int channels, int perSecond) {
    this.slack = slack;
    this.perSecond = perSecond;
    this.channels = IntStream.range(0, channels).mapToObj(number -> "talk-" + number).toList();
    this.channels.forEach(name -> slack.channel(name).invitesBot());
  }

  List<String> channels() {
    return channels;
  }

  void start() {
    for (int index = 0; index < channels.size(); index++) {
      AtomicInteger count = new AtomicInteger();
      said.add(count);
      SlackRoom room = slack.user("speaker" + index).in(channels.get(index));
      String channel = channels.get(index);
      people.add(Thread.ofVirtual().start(() -> speak(room, channel, count)));
    }
  }

  private void speak(SlackRoom room, String channel, AtomicInteger count) {
    long pause = 1_000_000_000L * channels.size() / perSecond;
    try {
      while (true) {
        allowed.acquire();
        String ts = room.says("!echo " + text(channel, count.get()));
        count.incrementAndGet();
        LockSupport.parkNanos(pause);
        while (!slack.isAcknowledged(room, ts)) {
          LockSupport.parkNanos(5_000_000);
          if (Thread.interrupted()) {
            return;
          }
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  static String text(String channel, int number) {
    return "n-" + channel + "-" + number;
  }

  void allow(int more) {
    allowed.release(more);
  }

  int said() {
    return said.stream().mapToInt(AtomicInteger::get).sum();
  }

  int said(String channel) {
    return said.get(channels.indexOf(channel)).get();
  }

  /** Waits until all that is allowed has been said. */
  void awaitSaid(int all, Duration patience) {
    slack.await("all to be said", patience, () -> said() >= all);
  }

  @Override
  public void close() {
    people.forEach(Thread::interrupt);
  }
}
