package dev.owlery.adapter.slack.chat;

import dev.owlery.api.adapter.Outcome;
import dev.owlery.spi.EngineThreads;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What waits to be done, in its order for each conversation and in parallel across conversations. A
 * few threads work for all: after each action it is another conversation's turn. What cannot be
 * settled sends everything behind it back too, so that nothing overtakes it; the outbox, which
 * bounds how much can be here, brings it again in order. Any thread.
 */
public final class ConversationTasks implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConversationTasks.class);

  /** So many conversations are worked for at a time: an action may wait for a rate limit. */
  private static final int THREADS = 64;

  private static final Duration IDLE = Duration.ofSeconds(1);

  private final Executor threads;
  private final Map<String, Queue<ConversationTask>> lines = new HashMap<>();
  private boolean closed;

  private record ConversationTask(Supplier<Outcome> work, CompletableFuture<Outcome> done) {}

  public ConversationTasks(String name) {
    this(threads(name));
  }

  /** With other threads. */
  ConversationTasks(Executor threads) {
    this.threads = threads;
  }

  private static Executor threads(String name) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE.toMillis(),
            TimeUnit.MILLISECONDS,
            new LinkedBlockingQueue<>(),
            EngineThreads.named(name));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /**
   * Does something when all that came before it in its line is done.
   *
   * @param line the conversation
   * @param work what to do; may wait
   * @return what becomes of it
   */
  public CompletionStage<Outcome> submit(String line, Supplier<Outcome> work) {
    ConversationTask job = new ConversationTask(work, new CompletableFuture<>());
    synchronized (lines) {
      if (closed) {
        return CompletableFuture.completedFuture(notSent("closed"));
      }
      Queue<ConversationTask> queue = lines.get(line);
      if (queue != null) {
        queue.add(job);
        return job.done();
      }
      Queue<ConversationTask> fresh = new ArrayDeque<>();
      fresh.add(job);
      lines.put(line, fresh);
    }
    if (!isTaken(line)) {
      dropped(line).forEach(each -> each.done().complete(notSent("there is no thread for it")));
    }
    return job.done();
  }

  /** False if there is no thread, and there can be none. */
  private boolean isTaken(String line) {
    try {
      threads.execute(() -> run(line));
      return true;
    } catch (OutOfMemoryError noThread) {
      LOG.warn("no thread for what is to be said: {}", noThread.getMessage());
      return false;
    }
  }

  private void run(String line) {
    ConversationTask job = next(line);
    while (job != null) {
      Outcome outcome = work(job);
      List<ConversationTask> sentBack = outcome instanceof Outcome.Settled ? List.of() : all(line);
      job.done().complete(outcome);
      sentBack.forEach(each -> each.done().complete(notSent("waits for what stands before it")));
      if (isEmpty(line) || isTaken(line)) {
        return;
      }
      job = next(line);
    }
  }

  private boolean isEmpty(String line) {
    synchronized (lines) {
      Queue<ConversationTask> queue = lines.get(line);
      return queue == null || (queue.isEmpty() && lines.remove(line, queue));
    }
  }

  private List<ConversationTask> dropped(String line) {
    synchronized (lines) {
      Queue<ConversationTask> queue = lines.remove(line);
      return queue == null ? List.of() : List.copyOf(queue);
    }
  }

  /** The boundary for faults of ours: whatever it is, it is not known what has happened. */
  private static Outcome work(ConversationTask job) {
    try {
      return job.work().get();
    } catch (Throwable fault) {
      LOG.warn("an action failed for a fault of ours", fault);
      return new Outcome.Doubtful("a fault of ours: " + fault.getClass().getSimpleName());
    }
  }

  private @org.jspecify.annotations.Nullable ConversationTask next(String line) {
    synchronized (lines) {
      Queue<ConversationTask> queue = lines.get(line);
      ConversationTask job = queue == null ? null : queue.poll();
      if (job == null) {
        lines.remove(line);
      }
      return job;
    }
  }

  private List<ConversationTask> all(String line) {
    synchronized (lines) {
      Queue<ConversationTask> queue = lines.get(line);
      List<ConversationTask> all = queue == null ? List.of() : List.copyOf(queue);
      if (queue != null) {
        queue.clear();
      }
      return all;
    }
  }

  private static Outcome notSent(String reason) {
    return new Outcome.NotSent(Duration.ZERO, reason);
  }

  /** Whether nothing waits and nothing is being done. */
  public boolean isIdle() {
    synchronized (lines) {
      return lines.isEmpty();
    }
  }

  /** Sends back all that waits; what is being done goes on. */
  @Override
  public void close() {
    List<ConversationTask> waiting;
    synchronized (lines) {
      closed = true;
      waiting = lines.values().stream().flatMap(Queue::stream).toList();
      lines.values().forEach(Queue::clear);
    }
    waiting.forEach(job -> job.done().complete(notSent("closed")));
  }
}
