package dev.owlery.launcher;

import dev.owlery.api.adapter.AccountState;
import dev.owlery.api.adapter.AccountState.Phase;
import dev.owlery.core.journal.Durability;
import dev.owlery.core.log.LogText;
import dev.owlery.launcher.ExitCodes.StartFailure;
import dev.owlery.launcher.config.Configuration;
import dev.owlery.launcher.config.FaultyConfiguration;
import dev.owlery.launcher.log.LogSetup;
import dev.owlery.web.HttpSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Says whether a configuration is sound and, if asked, whether its accounts work.
 *
 * <p>The plugins and their directory are looked at too: of those that are to be loaded, static
 * initialisers and constructors are run, with the services of a bot that is never started; of other
 * jars nothing is run, and no {@code start()} is called.
 */
@Command(
    name = "check",
    description = "Check the configuration; all faults are named at once.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ProcessEnvironment environment;

  @Mixin private ConfigFile config = new ConfigFile();

  @Option(
      names = "--connect",
      description = "Also log in to every account, join its rooms, and leave again.")
  private boolean connect;

  @Spec private CommandSpec spec = CommandSpec.create();

  CheckCommand(ProcessEnvironment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws FaultyConfiguration {
    Configuration configuration = config.check(environment);
    if (!config.verbose()) {
      LogSetup.quiet();
    }
    List<String> unfit = TemporaryBot.inspect(configuration);
    if (!unfit.isEmpty()) {
      throw new StartFailure(
          ExitCodes.WRONG,
          String.join("\n", unfit)
              + "\n%d %s would not load."
                  .formatted(unfit.size(), unfit.size() == 1 ? "plugin" : "plugins"));
    }
    PrintWriter out = spec.commandLine().getOut();
    configuration.warnings().forEach(out::println);
    out.println(
        config.name()
            + verdict(configuration.warnings().size())
            + ": accounts "
            + configuration.accounts().stream()
                .map(account -> account.id().name())
                .collect(Collectors.joining(", "))
            + "; plugins "
            + String.join(", ", configuration.plugins())
            + configuration
                .http()
                .map(http -> "; HTTP on " + http.host() + " port " + http.port())
                .orElse(""));
    if (configuration.bot().durability() == Durability.OFF) {
      out.println(
          "With durability = off there is no data directory, and so no `owlery admin` while the bot"
              + " runs.");
    }
    out.flush();
    return connect ? visit(configuration, out) : ExitCodes.FINE;
  }

  /** What is surely not meant is not called sound. */
  private static String verdict(int warnings) {
    return switch (warnings) {
      case 0 -> " is sound";
      case 1 -> " can be used, but one thing in it is surely not meant";
      default -> " can be used, but " + warnings + " things in it are surely not meant";
    };
  }

  private int visit(Configuration configuration, PrintWriter out) {
    configuration.http().ifPresent(http -> describe(http, out));
    try (TemporaryBot visit = new TemporaryBot(configuration, CheckCommand::isNetwork)) {
      var states =
          visit.settled(PATIENCE, TemporaryBot.Until.LIKELY_PERMANENT, spec.commandLine().getErr());
      states.forEach((account, state) -> describe(account.name(), state, out));
      out.flush();
      return states.values().stream().allMatch(CheckCommand::works)
          ? ExitCodes.FINE
          : ExitCodes.FAILED;
    }
  }

  /** A console has nothing to connect to, and would eat the input. */
  private static boolean isNetwork(Configuration.AccountConfiguration account) {
    return !account.provider().protocol().equals("console");
  }

  private static boolean works(AccountState state) {
    return state.phase() == Phase.ONLINE
        && state.rooms().values().stream().allMatch(AccountState.RoomState::joined);
  }

  private static void describe(String account, AccountState state, PrintWriter out) {
    out.println(line(account, phase(state), detail(state)));
    state
        .rooms()
        .forEach((room, how) ->
            out.println(
                "  " + line(room.address(), how.joined() ? "joined" : "not joined", how.detail())));
  }

  private static String phase(AccountState state) {
    return state.phase() == Phase.CONNECTING
        ? "not online"
        : state.phase().name().toLowerCase(Locale.ROOT);
  }

  /** Nothing is tried again after a check: of an account that is not online, only why. */
  static String detail(AccountState state) {
    return state.phase() == Phase.CONNECTING
        ? state
            .trouble()
            .map(AccountState.Trouble::reason)
            .orElseGet(() ->
                ("nothing has come of it within %d s: %s; check the address, the port, and whether"
                        + " it speaks TLS")
                    .formatted(PATIENCE.toSeconds(), state.detail()))
        : state.detail();
  }

  private static void describe(HttpSettings http, PrintWriter out) {
    String how = "free";
    String detail = "";
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(http.host(), http.port()));
    } catch (IOException e) {
      how = "not free now, perhaps because the bot is running";
      detail = String.valueOf(e.getMessage());
    }
    out.println(line("HTTP port " + http.port(), how, detail));
  }

  private static String line(String what, String how, String detail) {
    return LogText.encode(what + ": " + how + (detail.isEmpty() ? "" : " (" + detail + ")"));
  }
}
