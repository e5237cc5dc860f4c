package dev.owlery.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.owlery.api.adapter.AccountState;
import dev.owlery.api.adapter.AccountState.Phase;
import dev.owlery.api.adapter.AccountState.Trouble;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReconnectLoopTest {
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final HandTime time = new HandTime();
  private final List<String> states = new CopyOnWriteArrayList<>();
  private final List<Optional<Trouble>> troubles = new CopyOnWriteArrayList<>();
  private final Network network = new Network();
  private ReconnectLoop loop = loop(0.5);

  @AfterEach
  void stop() {
    loop.stop();
    loop.awaitEnd(Duration.ofSeconds(5));
  }

  private ReconnectLoop loop(double jitter) {
    return new ReconnectLoop(
        "test-loop", new Backoff(FIRST, LONGEST, fixed(jitter)), network, this::note, time);
  }

  private void note(AccountState state) {
    states.add(state.phase() + " " + state.detail());
    troubles.add(state.trouble());
  }

  private static RandomGenerator fixed(double jitter) {
    return new RandomGenerator() {
      @Override
      public long nextLong() {
        return 0;
      }

      @Override
      public double nextDouble() {
        return jitter;
      }
    };
  }

  @Test
  void anAccountThatIsOnlineIsReportedSo() {
    network.next(online -> {
      online.run();
      return ConnectionEnd.retry("the server went away");
    });
    run(2);
    assertThat(states)
        .startsWith(
            "CONNECTING connecting to here:1",
            "ONLINE owl on here:1",
            "CONNECTING the server went away; next attempt in 0.5 s",
            "CONNECTING connecting to here:1");
  }

  @Test
  void aReportThatWaitsForTheCoreKeepsNobodyWaiting() {
    List<Boolean> answers = new CopyOnWriteArrayList<>();
    loop =
        new ReconnectLoop(
            "test-loop",
            new Backoff(FIRST, LONGEST, fixed(0.5)),
            network,
            state -> {
              if (answers.isEmpty() && state.phase() == Phase.ONLINE) {
                answers.add(
                    endsInTime(() -> {
                      answers.add(loop.isOnline());
                      loop.changed();
                    }));
              }
              note(state);
            },
            time);
    network.next(online -> {
      online.run();
      return ConnectionEnd.retry("the server went away");
    });
    run(2);
    assertThat(answers).containsExactly(true, true);
    assertThat(states)
        .startsWith(
            "CONNECTING connecting to here:1",
            "ONLINE owl on here:1",
            "ONLINE owl on here:1",
            "CONNECTING the server went away; next attempt in 0.5 s");
  }

  private static boolean endsInTime(Runnable what) {
    try {
      return Thread.ofPlatform().daemon().start(what).join(Duration.ofSeconds(20));
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.0, 0.5, 0.99})
  void aServerThatIsDownSeesAtMostTwelveAttemptsIn105Seconds(double jitter) {
    loop = loop(jitter);
    time.stopAt(Duration.ofSeconds(105));
    run(Integer.MAX_VALUE);
    assertThat(network.attempts).hasSizeBetween(5, 12);
  }

  @Test
  void aConnectionThatHeldForLessThanAMinuteDoesNotShortenThePauses() {
    for (int i = 0; i < 8; i++) {
      network.next(online -> {
        online.run();
        time.pass(Duration.ofSeconds(59));
        return ConnectionEnd.retry("replaced");
      });
    }
    run(8);
    assertThat(pauses()).startsWith("0.5", "1.0", "2.0", "4.0", "8.0", "16.0", "30.0", "30.0");
  }

  @Test
  void theTimeThatAnAttemptHangsIsPartOfThePauseBehindIt() {
    for (int i = 0; i < 5; i++) {
      network.next(_ -> {
        time.pass(Duration.ofSeconds(3));
        throw new IOException("no answer");
      });
    }
    run(5);
    assertThat(pauses()).startsWith("0.5", "0.5", "0.5", "1.0", "5.0");
  }

  @Test
  void anAttemptThatHangsForAMinuteDoesNotMakeEarlierFailuresForgotten() {
    for (int i = 0; i < 3; i++) {
      network.next(_ -> {
        time.pass(Duration.ofSeconds(90));
        throw new IOException("no answer");
      });
    }
    run(4);
    assertThat(pauses()).startsWith("0.5", "0.5", "0.5", "4.0");
  }

  @Test
  void aConnectionThatHeldForAMinuteBeginsAgainWithTheFirstPause() {
    network.next(_ -> refuse());
    network.next(_ -> refuse());
    network.next(online -> {
      online.run();
      time.pass(Duration.ofSeconds(60));
      return ConnectionEnd.retry("gone");
    });
    run(4);
    assertThat(pauses()).startsWith("0.5", "1.0", "0.5", "1.0");
  }

  @Test
  void whyAnAccountIsNotOnlineIsKnownUntilItIs() {
    network.next(_ -> ConnectionEnd.likelyPermanent("nobody listens"));
    network.next(online -> {
      online.run();
      return ConnectionEnd.likelyPermanent("reset");
    });
    run(2);
    Optional<Trouble> nobody = Optional.of(new Trouble("nobody listens", true));
    assertThat(troubles)
        .startsWith(
            Optional.empty(),
            nobody,
            nobody,
            Optional.empty(),
            // What has worked a moment ago needs nobody's change.
            Optional.of(new Trouble("reset", false)));
  }

  @Test
  void aFinalEndIsNotTriedAgain() {
    network.next(_ -> {
      throw new IOException("final: wrong password");
    });
    run(5);
    assertThat(network.attempts).hasSize(1);
    assertThat(states).last().isEqualTo("FAILED final: wrong password; not trying again");
  }

  @Test
  void whateverAnAttemptThrowsTheNextOneFollows() {
    for (Throwable fault : faults()) {
      network.next(_ -> {
        throw fault;
      });
    }
    network.next(online -> {
      online.run();
      return ConnectionEnd.retry("held");
    });
    run(faults().size() + 1);
    assertThat(states)
        .contains(
            "CONNECTING internal error (OutOfMemoryError), see the log; next attempt in 1.0 s",
            "CONNECTING internal error (StackOverflowError), see the log; next attempt in 2.0 s",
            "ONLINE owl on here:1");
  }

  private static List<Throwable> faults() {
    return List.of(
        new IllegalStateException("a bug"),
        new OutOfMemoryError("thrown by a test"),
        new StackOverflowError(),
        new NoClassDefFoundError("dev/owlery/Gone"),
        new ExceptionInInitializerError("no"),
        new AssertionError("no"));
  }

  @Test
  void aFaultAfterGoingOnlineLeavesNoAccountOnline() {
    network.next(online -> {
      online.run();
      throw new StackOverflowError();
    });
    run(1);
    assertThat(states.get(2)).startsWith("CONNECTING internal error (StackOverflowError)");
  }

  @Test
  void whateverTheAdapterThrowsBetweenAttemptsTheNextOneFollows() {
    network.faultsInBetween.add(new NoClassDefFoundError("in explain"));
    network.faultsInBetween.add(new OutOfMemoryError("in ended"));
    run(3);
    assertThat(network.attempts).hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void whoTakesTheStatesMayFail() {
    AtomicInteger calls = new AtomicInteger();
    loop =
        new ReconnectLoop(
            "test-loop",
            new Backoff(FIRST, LONGEST, fixed(0.5)),
            network,
            state -> {
              if (calls.incrementAndGet() % 2 == 1) {
                throw new StackOverflowError();
              }
              note(state);
            },
            time);
    run(4);
    assertThat(network.attempts).hasSizeGreaterThanOrEqualTo(4);
  }

  @Test
  void newsOfAConnectionThatIsOverAreNotReported() {
    network.next(online -> {
      online.run();
      loop.changed();
      return ConnectionEnd.retry("over");
    });
    network.next(_ -> {
      loop.changed();
      return refuse();
    });
    run(2);
    assertThat(states.stream().filter(state -> state.startsWith("ONLINE"))).hasSize(2);
    assertThat(loop.isOnline()).isFalse();
  }

  @Test
  void stoppingEndsAPauseAndIsReportedOnce() {
    ReconnectLoop real =
        new ReconnectLoop(
            "test-loop", Duration.ofMinutes(5), Duration.ofMinutes(5), network, this::note);
    real.start();
    await().until(() -> states.stream().anyMatch(state -> state.contains("next attempt")));
    real.stop();
    real.awaitEnd(Duration.ofSeconds(5));
    assertThat(states).last().isEqualTo("CLOSED closed");
    assertThat(states.stream().filter(state -> state.startsWith("CLOSED"))).hasSize(1);
  }

  @Test
  void anAttemptThatDoesNotEndIsInterrupted() {
    goOnlineAndStay();
    loop.stop();
    loop.awaitEnd(Duration.ZERO);
    assertThat(states).last().isEqualTo("CLOSED closed");
  }

  @Test
  void givingUpFromOutsideIsFinal() {
    goOnlineAndStay();
    loop.fail("the token was revoked");
    loop.awaitEnd(Duration.ofSeconds(5));
    assertThat(states).last().isEqualTo("FAILED the token was revoked");
  }

  private void goOnlineAndStay() {
    CountDownLatch never = new CountDownLatch(1);
    network.next(online -> {
      online.run();
      never.await();
      return ConnectionEnd.retry("cannot be");
    });
    loop.start();
    await().until(loop::isOnline);
  }

  /** Runs until so many attempts are over, and the loop has ended. */
  private void run(int attempts) {
    time.stopAfter(attempts);
    loop.start();
    loop.awaitEnd(Duration.ofSeconds(20));
  }

  private List<String> pauses() {
    return states.stream()
        .filter(state -> state.contains("next attempt in "))
        .map(state -> state.replaceAll(".*next attempt in | s$", ""))
        .toList();
  }

  private static ConnectionEnd refuse() throws IOException {
    throw new IOException("connection refused");
  }

  /** Turned by hand: a pause passes at once. */
  private final class HandTime implements ReconnectLoop.LoopTime {
    private final AtomicLong nanos = new AtomicLong();
    private volatile long end = Long.MAX_VALUE;
    private final AtomicInteger pausesLeft = new AtomicInteger(Integer.MAX_VALUE);

    void pass(Duration time) {
      nanos.addAndGet(time.toNanos());
    }

    void stopAt(Duration at) {
      end = at.toNanos();
    }

    void stopAfter(int pauses) {
      pausesLeft.set(pauses);
    }

    @Override
    public long nanos() {
      return nanos.get();
    }

    @Override
    public boolean isStoppedWithin(Duration pause, CountDownLatch stopped) {
      pass(pause);
      if (pausesLeft.decrementAndGet() <= 0 || nanos.get() > end) {
        loop.stop();
      }
      return stopped.getCount() == 0;
    }
  }

  @FunctionalInterface
  private interface Attempt {
    ConnectionEnd run(Runnable online) throws Throwable;
  }

  /** Refuses, unless a test has said what is to happen. */
  private final class Network implements ReconnectLoop.ReconnectTarget {
    private final Deque<Attempt> script = new ArrayDeque<>();
    private final List<Long> attempts = new ArrayList<>();
    private final Deque<Error> faultsInBetween = new ArrayDeque<>();

    void next(Attempt attempt) {
      script.add(attempt);
    }

    @Override
    public String place() {
      return "here:1";
    }

    @Override
    public ConnectionEnd connect() throws Exception {
      attempts.add(time.nanos());
      Attempt attempt = script.isEmpty() ? _ -> refuse() : script.remove();
      try {
        return attempt.run(loop::online);
      } catch (Exception | Error thrown) {
        throw thrown;
      } catch (Throwable impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    @Override
    public ConnectionEnd explain(Exception failure) {
      throwWhatIsPlanned();
      String message = String.valueOf(failure.getMessage());
      return new ConnectionEnd(message, message.startsWith("final"));
    }

    @Override
    public void ended(ConnectionEnd end) {
      throwWhatIsPlanned();
    }

    private void throwWhatIsPlanned() {
      if (!faultsInBetween.isEmpty()) {
        throw faultsInBetween.remove();
      }
    }

    @Override
    public String onlineDetail() {
      return "owl on here:1";
    }
  }
}
