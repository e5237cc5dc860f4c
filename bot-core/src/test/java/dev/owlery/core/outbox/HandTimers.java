package dev.owlery.core.outbox;

import dev.owlery.core.schedule.Timers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Time that stands still until a test moves it; tasks run on the thread that does. */
final class HandTimers implements Timers {

  private record Task(Instant due, Runnable what) {}

  private final List<Task> tasks = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-22T12:00:00Z");

  @Override
  public Clock clock() {
    return new Clock() {
      @Override
      public Instant instant() {
        synchronized (tasks) {
          return now;
        }
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }
    };
  }

  @Override
  public Runnable schedule(Duration delay, Runnable what) {
    synchronized (tasks) {
      Task task = new Task(now.plus(delay), what);
      tasks.add(task);
      return () -> callOff(task);
    }
  }

  private void callOff(Task task) {
    synchronized (tasks) {
      tasks.remove(task);
    }
  }

  void advance(Duration by) {
    Instant end = clock().instant().plus(by);
    for (Optional<Task> due = next(end); due.isPresent(); due = next(end)) {
      due.get().what().run();
    }
    synchronized (tasks) {
      now = end;
    }
  }

  private Optional<Task> next(Instant end) {
    synchronized (tasks) {
      Optional<Task> first =
          tasks.stream()
              .filter(task -> !task.due().isAfter(end))
              .min(Comparator.comparing(Task::due));
      first.ifPresent(task -> {
        tasks.remove(task);
        now = task.due();
      });
      return first;
    }
  }

  @Override
  public void close() {
    synchronized (tasks) {
      tasks.clear();
    }
  }
}
