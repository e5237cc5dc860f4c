package dev.owlery.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.event.Origin;
import dev.owlery.core.journal.Journal.DeadEntry;
import dev.owlery.core.journal.Journal.InboxEntry;
import dev.owlery.core.journal.Journal.JournalWork;
import dev.owlery.core.journal.Journal.NewAction;
import dev.owlery.core.journal.Journal.OutboxEntry;
import dev.owlery.core.journal.Journal.Recovery;
import dev.owlery.core.journal.Journal.StoreWrite;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteJournalTest extends JournalContract {

  @TempDir private Path temporary;
  private volatile boolean diskFails;
  private final AtomicInteger failuresLeft = new AtomicInteger();

  @Override
  Journal open() {
    return SqliteJournal.open(directory(), Durability.CRASH, CLOCK, this::failing);
  }

  /** A connection that cannot commit while the disk fails. */
  private Connection failing(Connection connection) {
    return proxy(
        Connection.class,
        (proxy, method, arguments) -> {
          Object result = invoke(connection, method, arguments);
          return method.getName().equals("prepareStatement") && arguments[0].equals("commit")
              ? failing((PreparedStatement) result)
              : result;
        });
  }

  private PreparedStatement failing(PreparedStatement commit) {
    return proxy(
        PreparedStatement.class,
        (proxy, method, arguments) -> {
          if (method.getName().equals("executeUpdate")
              && (diskFails || failuresLeft.getAndUpdate(n -> Math.max(0, n - 1)) > 0)) {
            throw new SQLException("disk full");
          }
          return invoke(commit, method, arguments);
        });
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            SqliteJournalTest.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private Path directory() {
    return temporary.resolve("data");
  }

  private Recovery reopen() {
    journal.close();
    journal = open();
    return journal.recover();
  }

  @Test
  void aClockThatJumpsAheadMakesNoOldEventNew() {
    assertThat(done(journal.record(said(OWLS, "k1", "before"), e -> {}))).isTrue();
    journal.close();
    Clock later = Clock.offset(CLOCK, Duration.ofDays(400));
    journal = SqliteJournal.open(directory(), Durability.CRASH, later);
    journal.recover();
    assertThat(done(journal.record(said(OWLS, "k2", "after"), e -> {}))).isTrue();
    journal.close();
    journal = SqliteJournal.open(directory(), Durability.CRASH, later);
    journal.recover();
    assertThat(done(journal.record(said(OWLS, "k1", "again"), e -> {}))).isFalse();
    assertThat(done(journal.record(said(OWLS, "k2", "again"), e -> {}))).isFalse();
  }

  @Test
  void theKeysOfManyShortLivesAreMergedAndKnownAgain() throws Exception {
    int lives = 300;
    for (int life = 1; life <= lives; life++) {
      assertThat(done(journal.record(said(OWLS, "k" + life, "one"), e -> {}))).isTrue();
      journal.close();
      journal = open();
      journal.recover();
    }
    for (int life = 1; life <= lives; life++) {
      assertThat(done(journal.record(said(OWLS, "k" + life, "again"), e -> {}))).isFalse();
    }
    try (Connection database = connect();
        Statement statement = database.createStatement();
        ResultSet count = statement.executeQuery("select count(*) from keys")) {
      assertThat(count.next()).isTrue();
      assertThat(count.getInt(1)).isLessThan(lives / 2);
    }
  }

  @Test
  void eventsThatAreNotDoneComeBackInRecordingOrder() {
    List<InboxEntry> fresh = Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 20; i++) {
      done(journal.record(said(i % 2 == 0 ? OWLS : MICE, "k" + i, "hoo " + i), fresh::add));
    }
    done(journal.commit(work(fresh.get(3).number()), e -> {}));
    done(journal.commit(work(fresh.get(0).number()), e -> {}));
    fresh.remove(3);
    fresh.remove(0);
    assertThat(reopen().events()).isEqualTo(fresh);
    assertThat(reopen().events()).isEqualTo(fresh);
  }

  @Test
  void unsettledActionsComeBackAsTheyWere() {
    List<OutboxEntry> departed = new ArrayList<>();
    List<NewAction> actions =
        List.of(
            new NewAction(say(OWLS, "one"), true),
            new NewAction(say(OWLS, "two"), false),
            new NewAction(say(OWLS, "three"), false),
            new NewAction(say(OWLS, "four"), true),
            new NewAction(say(OWLS, "five"), true));
    done(journal.commit(new JournalWork(Optional.empty(), List.of(), actions), departed::addAll));
    done(journal.markInFlight(List.of(departed.get(2).number())));
    journal.requeue(List.of(departed.get(3).number()));
    journal.settle(departed.get(4).number());
    List<OutboxEntry> actual = reopen().actions();
    assertThat(actual).extracting(OutboxEntry::inFlight).containsExactly(true, false, true, false);
    assertThat(actual).extracting(e -> e.outgoing().attempt()).containsExactly(1, 1, 1, 2);
    assertThat(actual.get(0)).isEqualTo(departed.get(0));
    assertThat(actual.get(1)).isEqualTo(departed.get(1));
    assertThat(actual.get(2).outgoing()).isEqualTo(departed.get(2).outgoing());
    assertThat(actual.get(3).outgoing().token()).isEqualTo(departed.get(3).outgoing().token());
  }

  @Test
  void nothingElseIsForgottenEither() {
    OutboxEntry buried = commit(say(OWLS, "one"));
    journal.deadLetter(buried.number(), "no such room");
    journal.commit(writes(new StoreWrite("karma", "owl", Optional.of("7"))), e -> {});
    done(journal.record(said(OWLS, "k1", "hoo"), e -> {}));
    reopen();
    assertThat(journal.dead(10)).containsExactly(new DeadEntry(buried, "no such room"));
    assertThat(journal.value("karma", "owl")).contains("7");
    assertThat(journal.lastSeen(OWLS)).contains(Origin.live("k1", NOON));
    assertThat(done(journal.record(said(OWLS, "k1", "hoo"), e -> {}))).isFalse();
  }

  @Test
  void tokensNeverComeTwiceEvenIfNothingIsLeftOfTheFirst() {
    OutboxEntry first = commit(say(OWLS, "one"));
    journal.settle(first.number());
    reopen();
    OutboxEntry second = commit(say(OWLS, "two"));
    assertThat(second.number()).isGreaterThan(first.number());
    assertThat(second.outgoing().token()).isNotEqualTo(first.outgoing().token());
  }

  @Test
  void keysAreKnownAgainWhenTheirRowsAreLongGone() throws Exception {
    List<CompletionStage<Void>> commits = Collections.synchronizedList(new ArrayList<>());
    List<CompletionStage<Boolean>> records = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      records.add(
          journal.record(
              said(i % 2 == 0 ? OWLS : MICE, "k" + i, "hoo"),
              e -> commits.add(journal.commit(work(e.number()), x -> {}))));
    }
    records.forEach(JournalContract::done);
    commits.forEach(JournalContract::done);
    assertThat(reopen().events()).isEmpty();
    assertThat(rows("inbox")).isLessThan(3_000);
    assertThat(rows("keys")).isGreaterThan(2);
    for (int i = 0; i < 10_000; i += 97) {
      assertThat(done(journal.record(said(OWLS, "k" + i, "hoo"), e -> {}))).isFalse();
    }
    assertThat(journal.lastSeen(OWLS).map(Origin::key)).contains("k9998");
    assertThat(done(journal.record(said(OWLS, "new", "hoo"), e -> {}))).isTrue();
  }

  @Test
  void whoAsksForTooMuchHasToWait() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger asked = new AtomicInteger();
    journal.record(said(OWLS, "first", "hoo"), e -> await(release));
    Thread asker =
        Thread.startVirtualThread(() -> {
          for (int i = 0; i < 10_000; i++) {
            journal.record(said(OWLS, "k" + i, "hoo"), e -> {});
            asked.incrementAndGet();
          }
        });
    assertThat(asker.join(java.time.Duration.ofMillis(1_500))).isFalse();
    assertThat(asked.get()).isBetween(1, 5_000);
    release.countDown();
    assertThat(asker.join(java.time.Duration.ofSeconds(30))).isTrue();
    assertThat(done(journal.record(said(OWLS, "last", "hoo"), e -> {}))).isTrue();
  }

  @Test
  void theWritersOwnCallbacksNeverWait() {
    List<CompletionStage<Void>> commits = Collections.synchronizedList(new ArrayList<>());
    done(
        journal.record(
            said(OWLS, "k1", "hoo"),
            e -> {
              for (int i = 0; i < 6_000; i++) {
                commits.add(journal.commit(work(e.number(), say(OWLS, "a")), x -> {}));
              }
            }));
    commits.forEach(JournalContract::done);
    assertThat(reopen().actions()).hasSize(6_000);
  }

  @Test
  void whenTheDiskFailsNothingIsAcknowledgedAndWhenItWorksAgainAllGoesOn() {
    OutboxEntry sent = commit(say(OWLS, "sent"));
    List<InboxEntry> shown = Collections.synchronizedList(new ArrayList<>());
    diskFails = true;
    journal.settle(sent.number());
    for (int i = 0; i < 300; i++) {
      CompletionStage<Boolean> failed = journal.record(said(OWLS, "k" + i, "hoo"), shown::add);
      assertThatThrownBy(() -> done(failed))
          .hasCauseInstanceOf(JournalException.class)
          .hasMessageContaining("disk full");
    }
    assertThat(journal.lastSeen(OWLS)).isEmpty();
    diskFails = false;
    // What followed from an event that was not recorded must not become visible.
    assertThatThrownBy(
            () -> done(journal.commit(work(shown.getFirst().number(), say(OWLS, "a")), e -> {})))
        .hasMessageContaining("could not be recorded");
    assertThat(done(journal.record(said(OWLS, "k0", "hoo"), shown::add))).isTrue();
    InboxEntry again = shown.getLast();
    assertThat(done(journal.record(said(OWLS, "k0", "hoo"), shown::add))).isFalse();
    Recovery recovery = reopen();
    assertThat(recovery.events()).containsExactly(again);
    assertThat(recovery.actions()).isEmpty();
  }

  @Test
  void aGroupThatFailsIsMadeOneByOneAndNoEventIsShownTwice() {
    List<InboxEntry> shown = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch release = new CountDownLatch(1);
    journal.record(said(OWLS, "first", "hoo"), e -> await(release));
    List<CompletionStage<Boolean>> stages = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      stages.add(journal.record(said(OWLS, "k" + i, "hoo"), shown::add));
    }
    failuresLeft.set(2); // the one of "first", alone in its group, and that of the hundred
    release.countDown();
    stages.forEach(stage -> assertThat(done(stage)).isTrue());
    assertThat(shown).hasSize(100);
    assertThat(reopen().events()).isEqualTo(shown);
  }

  @Test
  void aChangeThatCannotBeMadeSpoilsNoOther() throws Exception {
    sql(
        "create trigger bad before insert on kv when new.key = 'bad'"
            + " begin select raise(abort, 'bad'); end");
    List<CompletionStage<Void>> good = new ArrayList<>();
    List<CompletionStage<Void>> bad = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      String key = i % 50 == 7 ? "bad" : "good" + i;
      (key.equals("bad") ? bad : good)
          .add(journal.commit(writes(new StoreWrite("karma", key, Optional.of("1"))), e -> {}));
    }
    good.forEach(JournalContract::done);
    bad.forEach(
        stage -> assertThatThrownBy(() -> done(stage)).hasCauseInstanceOf(JournalException.class));
    assertThat(journal.values("karma", "")).hasSize(490).doesNotContainKey("bad");
  }

  @Test
  void anEntryThatCannotBeReadIsLeftAlone() throws Exception {
    done(journal.record(said(OWLS, "k1", "hoo"), e -> {}));
    done(journal.record(said(OWLS, "k2", "hoo"), e -> {}));
    OutboxEntry action = commit(say(OWLS, "one"));
    sql("update inbox set payload = '{\"type\":\"MessageSung\"}' where key = 'k1'");
    sql("update outbox set payload = 'x' where number = " + action.number());
    Recovery recovery = reopen();
    assertThat(recovery.events()).extracting(e -> e.event().origin().key()).containsExactly("k2");
    assertThat(recovery.actions()).isEmpty();
    reopen();
    assertThat(rows("outbox")).isEqualTo(1);
  }

  @Test
  void onlyTheOwnerCanReadIt() throws IOException {
    commit(say(OWLS, "one"));
    everythingIsForItsOwnerOnly();
  }

  @Test
  void whatIsOpenToOthersIsClosed() throws Exception {
    journal.close();
    Files.setPosixFilePermissions(directory(), PosixFilePermissions.fromString("rwxr-xr-x"));
    for (String name : new String[] {"owlery.db", "owlery.lock", "owlery.db-wal"}) {
      Path file = directory().resolve(name);
      if (!Files.exists(file)) {
        Files.createFile(file);
      }
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    }

    journal = open();
    journal.recover();

    everythingIsForItsOwnerOnly();
  }

  private void everythingIsForItsOwnerOnly() throws IOException {
    try (var files = Files.walk(directory())) {
      assertThat(files.toList())
          .hasSizeGreaterThan(3)
          .allSatisfy(file ->
              assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                  .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------"));
    }
  }

  @Test
  void twoBotsCannotUseOneDirectory() {
    assertThatThrownBy(this::open)
        .isInstanceOf(JournalException.class)
        .hasMessage(
            "the data directory %s is in use by another bot (process %d)",
            directory(), ProcessHandle.current().pid());
    reopen();
  }

  @Test
  void aDatabaseOfALaterVersionIsRefused() throws Exception {
    journal.close();
    sql("pragma user_version = 7");
    assertThatThrownBy(this::open)
        .isInstanceOf(JournalException.class)
        .hasMessageEndingWith(
            "owlery.db was written by a later version of Owlery (schema 7; this version knows 2)");
    sql("pragma user_version = 1");
    assertThat(reopen().events()).isEmpty();
  }

  @Test
  void aDatabaseOfSomebodyElseIsRefused() throws Exception {
    journal.close();
    sql("pragma application_id = 42");
    assertThatThrownBy(this::open)
        .isInstanceOf(JournalException.class)
        .hasMessageEndingWith("owlery.db is a database, but not one of Owlery's");
  }

  @Test
  void aDamagedDatabaseIsRefused() throws Exception {
    journal.close();
    Files.writeString(directory().resolve("owlery.db"), "This is no database. ".repeat(500));
    assertThatThrownBy(this::open)
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("owlery.db cannot be opened; if it is damaged, move it away");
  }

  @Test
  void itSurvivesThatItIsClosedWithoutHavingBeenUsed() {
    journal.close();
    journal = open();
  }

  private int rows(String table) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      return statement.executeQuery("select count(*) from " + table).getInt(1);
    }
  }

  private void sql(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void privateChatsOfStrangersDoNotAddUpForEver() throws SQLException {
    List<CompletionStage<Boolean>> stages = new ArrayList<>();
    for (int i = 0; i < 14_000; i++) {
      Conversation nick = Conversation.direct(OWLS.account(), "stranger" + i);
      stages.add(journal.record(said(nick, "k" + i, "hi"), e -> {}));
    }
    stages.forEach(JournalContract::done);
    journal.close();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from room")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).isBetween(1_000, 10_000);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + directory().resolve("owlery.db"));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }
}
