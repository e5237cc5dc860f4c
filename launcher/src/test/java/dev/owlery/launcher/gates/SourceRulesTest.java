package dev.owlery.launcher.gates;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Rules that only the sources can show. */
final class SourceRulesTest {

  /** Where foreign code is called, so that anything may come back: the named boundaries. */
  private static final Set<String> BOUNDARIES =
      Set.of(
          "dev.owlery.adapter.console.ConsoleAdapter",
          "dev.owlery.adapter.irc.LibraryBot",
          "dev.owlery.adapter.irc.LineWriter",
          "dev.owlery.adapter.xmpp.chat.MucStartup",
          "dev.owlery.adapter.xmpp.chat.XmppSession",
          "dev.owlery.adapter.slack.chat.CatchUpQueue",
          "dev.owlery.adapter.slack.chat.ConversationTasks",
          "dev.owlery.adapter.slack.delivery.SocketLink",
          "dev.owlery.core.account.Accounts",
          "dev.owlery.core.command.Completion",
          "dev.owlery.core.command.CommandDeclarations",
          "dev.owlery.core.command.CommandExecution",
          "dev.owlery.core.file.TransferAttempt",
          "dev.owlery.core.file.SystemSha256",
          "dev.owlery.core.http.HttpRoutes",
          "dev.owlery.core.journal.CommitWork",
          "dev.owlery.core.journal.JournalWriter",
          "dev.owlery.core.journal.RecordEvent",
          "dev.owlery.core.lane.CommandTask",
          "dev.owlery.core.lane.EventTask",
          "dev.owlery.core.outbox.Dispatcher",
          "dev.owlery.core.outbox.OutboxJournal",
          "dev.owlery.core.plugin.LoadedPlugin",
          "dev.owlery.core.plugin.NotLoadedPlugins",
          "dev.owlery.core.plugin.PluginHost",
          "dev.owlery.core.plugin.PluginInspector",
          "dev.owlery.core.plugin.PluginWatchdog",
          "dev.owlery.core.procedure.ServedCall",
          "dev.owlery.core.schedule.SystemTimers",
          "dev.owlery.launcher.DefaultRun",
          "dev.owlery.plugins.feeds.DocumentReader",
          "dev.owlery.plugins.hooks.Payload",
          "dev.owlery.spi.EngineThreads",
          // What must not end whatever is thrown: it is reported, and begins anew.
          "dev.owlery.spi.FaultLog",
          "dev.owlery.spi.PeriodicTasks",
          "dev.owlery.spi.ReaderGuard",
          "dev.owlery.spi.ReconnectLoop",
          "dev.owlery.spi.SerialExecutor",
          "dev.owlery.spi.SupervisedThread",
          "dev.owlery.testkit.ManualClock",
          "dev.owlery.testkit.ReaderProperties",
          "dev.owlery.web.Deadlines",
          "dev.owlery.web.WebServer");

  private static final Pattern BROAD_CATCH =
      Pattern.compile(
          "catch \\((?:final )?(?:[\\w.]+ \\| )*(?:Throwable|Exception|RuntimeException|Error)\\b");
  private static final Pattern EMPTY_CATCH = Pattern.compile("catch \\([^)]*\\) \\{\\s*\\}");
  private static final Pattern VIRTUAL_THREAD =
      Pattern.compile("\\b(ofVirtual|startVirtualThread|newVirtualThreadPerTaskExecutor)\\b");
  private static final Pattern LEFT_OVER = Pattern.compile("\\b(TODO|FIXME|XXX)\\b");
  private static final int LONGEST_FILE = 500;

  /** Files that grew beyond that; no more may join them. */
  private static final Set<String> TOO_LONG = Set.of("dev.owlery.testkit.FakeNetwork");

  @Test
  void whateverIsThrownIsCaughtOnlyAtNamedBoundaries() {
    assertThat(sourcesWith(BROAD_CATCH, "src/main/java"))
        .as("classes that catch everything")
        .isSubsetOf(BOUNDARIES);
  }

  @Test
  void noCatchIsEmpty() {
    assertThat(sourcesWith(EMPTY_CATCH, "src")).isEmpty();
  }

  /** Plugins' code may keep all carriers of virtual threads: the networks go on all the same. */
  @Test
  void adaptersStartNoVirtualThreads() {
    assertThat(sourcesWith(VIRTUAL_THREAD, "src/main/java"))
        .noneMatch(each -> each.startsWith("dev.owlery.adapter."))
        .noneMatch(each -> each.startsWith("dev.owlery.spi."));
  }

  @Test
  void nothingIsLeftForLater() {
    assertThat(sourcesWith(LEFT_OVER, "src/main")).isEmpty();
  }

  @Test
  void everyFileIsReadInOneSitting() {
    assertThat(
            Sources.below("src/main/java")
                .filter(file -> Sources.read(file).lines().count() > LONGEST_FILE)
                .map(Sources::className))
        .isSubsetOf(TOO_LONG);
  }

  @Test
  void everyPackageSaysWhatItIs() {
    assertThat(
            Sources.below("src/main/java")
                .map(Path::getParent)
                .distinct()
                .filter(folder -> !Files.exists(folder.resolve("package-info.java"))))
        .isEmpty();
  }

  private static List<String> sourcesWith(Pattern pattern, String below) {
    return Sources.below(below)
        .filter(file -> !file.endsWith("SourceRulesTest.java"))
        .filter(file -> pattern.matcher(Sources.read(file)).find())
        .map(Sources::className)
        .toList();
  }
}
