package dev.owlery.core.journal;

import static dev.owlery.core.journal.JournalContract.CLOCK;
import static dev.owlery.core.journal.JournalContract.NOON;
import static dev.owlery.core.journal.JournalContract.OWLS;
import static dev.owlery.core.journal.JournalContract.done;
import static dev.owlery.core.journal.JournalContract.said;
import static dev.owlery.core.journal.JournalContract.work;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.owlery.core.journal.EventAttempts.SetAsideEvent;
import dev.owlery.core.journal.Journal.InboxEntry;
import dev.owlery.core.journal.Journal.Recovery;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events that an earlier process may have died of, in the database. */
final class EventAttemptsTest {

  @TempDir private Path temporary;
  private Journal journal;

  @BeforeEach
  void start() {
    journal = open();
    journal.recover();
  }

  @AfterEach
  void stop() {
    journal.close();
  }

  private Journal open() {
    return SqliteJournal.open(temporary.resolve("data"), Durability.CRASH, CLOCK);
  }

  private Recovery reopen() {
    journal.close();
    journal = open();
    return journal.recover();
  }

  private void sql(String sql) throws SQLException {
    String url = "jdbc:sqlite:" + temporary.resolve("data").resolve("owlery.db");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void anEventWithTwoAttemptsIsPutAsideAndOneWithoutNeverIs() {
    List<InboxEntry> fresh = recordThree();
    for (int attempt = 1; attempt <= 2; attempt++) {
      done(journal.attempts().mark(fresh.get(1).number(), attempt, "plugin a, A.first()"));
      done(journal.attempts().mark(fresh.get(1).number(), attempt, "plugin b, B.second()"));
      if (attempt == 1) {
        Recovery once = reopen();
        assertThat(once.events()).isEqualTo(fresh);
        assertThat(once.attempts()).containsOnly(entry(fresh.get(1).number(), 1));
        assertThat(once.untold()).isEmpty();
      }
    }
    Recovery twice = reopen();
    assertThat(twice.events()).containsExactly(fresh.get(0), fresh.get(2));
    assertThat(twice.attempts()).isEmpty();
    assertThat(twice.untold())
        .containsExactly(
            new SetAsideEvent(
                fresh.get(1).number(), fresh.get(1).event(), 2, "plugin b, B.second()", NOON));
    assertThat(journal.attempts().dead(10)).isEqualTo(twice.untold());
    assertThat(journal.attempts().find(fresh.get(1).number())).contains(twice.untold().getFirst());
    assertThat(journal.attempts().find(fresh.get(0).number())).isEmpty();
    assertThat(reopen().untold()).hasSize(1);
    journal.attempts().told(fresh.get(1).number());
    assertThat(reopen().untold()).isEmpty();
    assertThat(journal.attempts().dead(10)).hasSize(1);
  }

  @Test
  void anEventThatIsDoneHasNoAttempts() {
    List<InboxEntry> fresh = recordThree();
    reopen();
    for (int attempt = 1; attempt <= 3; attempt++) {
      done(journal.attempts().mark(fresh.getFirst().number(), attempt, "plugin a, A.first()"));
    }
    done(journal.commit(work(fresh.getFirst().number()), e -> {}));
    Recovery left = reopen();
    assertThat(left.events()).containsExactly(fresh.get(1), fresh.get(2));
    assertThat(left.attempts()).isEmpty();
    assertThat(left.untold()).isEmpty();
  }

  @Test
  void aMarkThatIsTakenBackIsNoAttempt() {
    List<InboxEntry> fresh = recordThree();
    done(journal.attempts().mark(fresh.get(0).number(), 1, "plugin a, A.first()"));
    done(journal.attempts().mark(fresh.get(1).number(), 2, "plugin a, A.first()"));
    journal.attempts().takeBack(fresh.get(0).number(), 0);
    journal.attempts().takeBack(fresh.get(1).number(), 1);
    Recovery left = reopen();
    assertThat(left.events()).isEqualTo(fresh);
    assertThat(left.attempts()).containsOnly(entry(fresh.get(1).number(), 1));
  }

  @Test
  void anEventThatWasPutAsideComesBackForOneAttemptOrIsForgotten() {
    List<InboxEntry> fresh = recordThree();
    long number = fresh.get(1).number();
    done(journal.attempts().mark(number, 2, "plugin a, A.first()"));
    reopen();
    assertThat(done(journal.attempts().revive(number + 1))).isEmpty();
    assertThat(done(journal.attempts().revive(number))).contains(fresh.get(1));
    assertThat(journal.attempts().dead(10)).isEmpty();
    Recovery revived = reopen();
    assertThat(revived.events()).isEqualTo(fresh);
    assertThat(revived.attempts()).containsOnly(entry(number, 1));
    done(journal.attempts().mark(number, 2, "plugin a, A.first()"));
    reopen();
    assertThat(done(journal.attempts().forget(number))).isTrue();
    assertThat(done(journal.attempts().forget(number))).isFalse();
    assertThat(journal.attempts().dead(10)).isEmpty();
    assertThat(reopen().events()).containsExactly(fresh.get(0), fresh.get(2));
  }

  @Test
  void aDatabaseOfTheFirstVersionIsBroughtUpToDate() throws Exception {
    List<InboxEntry> fresh = recordThree();
    journal.close();
    sql("drop table attempt");
    sql("drop table dead_event");
    sql("delete from changelog where id > 1");
    sql("pragma user_version = 1");
    journal = open();
    assertThat(journal.recover().events()).isEqualTo(fresh);
    done(journal.attempts().mark(fresh.getFirst().number(), 1, "plugin a, A.first()"));
    assertThat(reopen().attempts()).hasSize(1);
  }

  private List<InboxEntry> recordThree() {
    List<InboxEntry> fresh = Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 3; i++) {
      done(journal.record(said(OWLS, "k" + i, "hoo " + i), fresh::add));
    }
    return fresh;
  }
}
