package dev.owlery.plugins.pipes;

import dev.owlery.api.plugin.Bot;
import dev.owlery.api.topic.Topics;
import dev.owlery.plugins.pipes.PipesSettings.PipeFormat;
import dev.owlery.plugins.pipes.Program.ProgramEvent;
import dev.owlery.plugins.pipes.ProgramOutput.ProgramRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;

/**
 * Gives a program one message after the other. A message is done when the program has answered it;
 * what it answered and that it is done are written as one. A program that ends or does not answer
 * in time is started again and given the same message; one that it survives five times in vain is
 * put aside. All of it happens on one thread.
 */
final class Pipe implements AutoCloseable {
  private static final int ATTEMPTS = 5;
  private static final int LOOK = 50;
  private static final int SWEEPS = 200;
  private static final int MOST_UNASKED = 1_000;
  private static final Duration MORE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final String name;
  private final PipesSettings.Piped settings;
  private final Mailbox mailbox;
  private final Bot bot;
  private final Topics topics;
  private final Logger log;
  private final RateLimit pace;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Optional<Program> program = Optional.empty();
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicLong dropped = new AtomicLong();
  private volatile boolean nonsense;

  Pipe(
      String name,
      PipesSettings.Piped settings,
      Mailbox mailbox,
      Bot bot,
      Topics topics,
      Logger log) {
    this.name = name;
    this.settings = settings;
    this.mailbox = mailbox;
    this.bot = bot;
    this.topics = topics;
    this.log = log;
    this.pace = new RateLimit(settings.perMinute());
  }

  void begin() {
    mailbox.sweep();
    Thread.ofVirtual().name("pipe-" + name + "-worker").start(this::work);
  }

  /** How it is, for people. */
  String state() {
    String running =
        program
            .filter(Program::isAlive)
            .map(one -> "runs as process " + one.pid())
            .orElse(failures.get() > 0 ? "fails again and again" : "does not run");
    return running
        + (mailbox.waiting() > 0 ? ", " + mailbox.waiting() + " waiting" : "")
        + (mailbox.aside() > 0 ? ", " + mailbox.aside() + " put aside" : "")
        + (dropped.get() > 0 ? ", " + dropped.get() + " lines passed over" : "");
  }

  /** Ends the program; the next message, or the next look, starts it again. */
  void restart() {
    failures.set(0);
    program.ifPresent(Program::close);
  }

  private void work() {
    try {
      for (int looks = 1; !isClosed(); looks++) {
        Optional<String> key = mailbox.next(LOOK);
        if (key.isPresent()) {
          Optional<Message> message = mailbox.read(key.get());
          if (message.isPresent()) {
            deliver(key.get(), message.get());
          }
        } else if (settings.to().isPresent()) {
          Optional<Program> running = running();
          if (running.isPresent()) {
            hearUnasked(running.get());
          }
        } else if (looks % SWEEPS == 0) {
          mailbox.sweep();
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      program.ifPresent(Program::close);
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private void deliver(String key, Message message) throws InterruptedException {
    for (int attempt = 1; attempt <= ATTEMPTS && !isClosed(); ) {
      Optional<Program> running = running();
      if (running.isEmpty()) {
        continue;
      }
      hearUnasked(running.get());
      Optional<List<ProgramRequest>> wishes = converse(running.get(), key, message);
      if (wishes.isPresent()) {
        failures.set(0);
        settle(key, message, wishes.get());
        return;
      }
      attempt++;
      failed(running.get());
    }
    if (!isClosed()) {
      log.warn("pipe {} does not survive a message; it is put aside", name);
      bot.asOne(() -> mailbox.putAside(key, message));
    }
  }

  /** The running program, after a pause if it has just failed; empty if it does not start. */
  private Optional<Program> running() throws InterruptedException {
    if (program.isPresent() && program.get().isAlive()) {
      return program;
    }
    program.ifPresent(Program::close);
    program = Optional.empty();
    if (failures.get() > 0) {
      long pause = 100L << Math.min(failures.get() - 1, 10);
      if (closed.await(Math.min(pause, LONGEST_PAUSE.toMillis()), TimeUnit.MILLISECONDS)) {
        return program;
      }
    }
    try {
      program = Optional.of(Program.start(name, settings, log));
    } catch (IOException cannotStart) {
      failures.incrementAndGet();
      log.warn("pipe {} cannot be started: {}", name, String.valueOf(cannotStart.getMessage()));
    }
    return program;
  }

  private void failed(Program one) {
    failures.incrementAndGet();
    log.warn(
        "pipe {} {}; it is started again", name, one.isAlive() ? "does not answer" : one.ending());
    one.close();
    program = Optional.empty();
  }

  private Optional<List<ProgramRequest>> converse(Program one, String key, Message message)
      throws InterruptedException {
    String id = key.substring(key.lastIndexOf(' ') + 1);
    boolean isText = settings.reads() == PipeFormat.TEXT;
    if (!one.write(isText ? message.line() : message.json(id), settings.patience())) {
      return Optional.empty();
    }
    return isText ? lines(one) : wishes(one, id);
  }

  private Optional<List<ProgramRequest>> lines(Program one) throws InterruptedException {
    List<ProgramRequest> lines = new ArrayList<>();
    ProgramEvent heard = one.line(settings.silence().orElse(settings.patience()));
    if (heard instanceof ProgramEvent.Timeout && settings.silence().isPresent() && one.isAlive()) {
      return Optional.of(lines);
    }
    while (heard instanceof ProgramEvent.OutputLine(String text)) {
      lines.add(new ProgramRequest.Speak(text, Optional.empty()));
      if (lines.size() == settings.answers()) {
        break;
      }
      heard = one.line(MORE);
    }
    return lines.isEmpty() ? Optional.empty() : Optional.of(lines);
  }

  private Optional<List<ProgramRequest>> wishes(Program one, String id)
      throws InterruptedException {
    List<ProgramRequest> wishes = new ArrayList<>();
    long end = System.nanoTime() + settings.patience().toNanos();
    while (one.line(Duration.ofNanos(end - System.nanoTime()))
        instanceof ProgramEvent.OutputLine(String line)) {
      switch (ProgramOutput.read(line)) {
        case ProgramRequest.Acknowledged(String done) when done.equals(id) -> {
          return Optional.of(wishes);
        }
        case ProgramRequest.Acknowledged _ -> dropped.incrementAndGet();
        case ProgramRequest.Unreadable(String why) -> complain(why);
        case ProgramRequest wish -> {
          if (wishes.size() < settings.answers()) {
            wishes.add(wish);
          } else {
            dropped.incrementAndGet();
          }
        }
      }
      if (System.nanoTime() - end > 0) {
        break;
      }
    }
    return Optional.empty();
  }

  private void complain(String why) {
    dropped.incrementAndGet();
    if (!nonsense) {
      nonsense = true;
      log.warn("pipe {} writes a line that is passed over ({}), as are others like it", name, why);
    }
  }

  private void settle(String key, Message message, List<ProgramRequest> wishes)
      throws InterruptedException {
    for (ProgramRequest _ : wishes) {
      waitFor(pace.take());
    }
    bot.asOneFor(
        message.sender(),
        () -> {
          wishes.forEach(wish -> grant(guarded(wish, message), Optional.of(message.where())));
          mailbox.done(key);
        });
  }

  /** An answer where somebody has spoken may repeat their words: it must be no command in those. */
  private static ProgramRequest guarded(ProgramRequest wish, Message message) {
    return wish instanceof ProgramRequest.Speak(String text, Optional<String> where)
            && where.filter(place -> !place.equals(message.where())).isEmpty()
        ? new ProgramRequest.Speak(message.guarded(text), where)
        : wish;
  }

  /** What a program says of its own accord. Without a place for that it is passed over. */
  private void hearUnasked(Program one) throws InterruptedException {
    for (int i = 0; i < MOST_UNASKED; i++) {
      if (!(one.line(Duration.ZERO) instanceof ProgramEvent.OutputLine(String line))) {
        return;
      }
      if (settings.to().isEmpty()) {
        dropped.incrementAndGet();
        continue;
      }
      ProgramRequest wish =
          settings.reads() == PipeFormat.TEXT
              ? new ProgramRequest.Speak(line, Optional.empty())
              : ProgramOutput.read(line);
      waitFor(pace.take());
      bot.asOne(() -> grant(wish, settings.to()));
      if (mailbox.waiting() > 0) {
        return;
      }
    }
  }

  private void waitFor(long nanos) throws InterruptedException {
    if (nanos > 0 && closed.await(nanos, TimeUnit.NANOSECONDS)) {
      throw new InterruptedException("the pipe is closed");
    }
  }

  private void grant(ProgramRequest wish, Optional<String> home) {
    try {
      switch (wish) {
        case ProgramRequest.Speak(String text, Optional<String> where) -> {
          Optional<String> place = where.isPresent() ? where.filter(this::mayBeTold) : home;
          if (!text.isBlank() && place.isPresent()) {
            bot.say(bot.locate(place.get()), text);
          } else if (!text.isBlank()) {
            complain("it may not speak there");
          }
        }
        case ProgramRequest.Publish(String topic, var item) -> topics.publish(topic, item);
        case ProgramRequest.Unreadable(String why) -> complain(why);
        case ProgramRequest.Acknowledged _ -> dropped.incrementAndGet();
      }
    } catch (IllegalArgumentException refused) {
      complain(String.valueOf(refused.getMessage()));
    }
  }

  private boolean mayBeTold(String address) {
    return settings.hears(address) || settings.to().filter(address::equals).isPresent();
  }

  @Override
  public void close() {
    closed.countDown();
    program.ifPresent(Program::close);
  }
}
