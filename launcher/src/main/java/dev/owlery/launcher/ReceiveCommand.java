package dev.owlery.launcher;

import dev.owlery.launcher.ExitCodes.StartFailure;
import dev.owlery.launcher.config.FaultyConfiguration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Receives files into a folder. */
@Command(
    name = "receive",
    description = "Receive files into a folder, until SIGTERM or Ctrl-C.",
    mixinStandardHelpOptions = true,
    footer = {"", "Needs no plugin configuration. Files never replace others."})
final class ReceiveCommand implements Callable<Integer> {

  private final ProcessEnvironment environment;

  @Mixin private ConfigFile config = new ConfigFile();

  @Parameters(index = "0", paramLabel = "DIR", description = "The folder.")
  private Path directory = Path.of(".");

  @Option(
      names = "--from",
      required = true,
      paramLabel = "ACCOUNT/WHO",
      description = {
        "From whom: an identity that the network vouches for, such as",
        "home/robin@example.org or libera/account:robin; * at the end for anything."
      })
  private List<String> from = new ArrayList<>();

  @Option(names = "--names", paramLabel = "GLOB", description = "Only files whose name fits.")
  private List<String> names = new ArrayList<>();

  @Option(names = "--limit", paramLabel = "BYTES", description = "How large a file may be (1 GiB).")
  private long limit = 1L << 30;

  @Option(
      names = "--allow",
      paramLabel = "NETWORK",
      description = "Fetch links from addresses here too, although they are not public.")
  private List<String> allow = new ArrayList<>();

  ReceiveCommand(ProcessEnvironment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws FaultyConfiguration {
    Map<String, Object> receive = new HashMap<>();
    receive.put("into", directory.toAbsolutePath().toString());
    receive.put("accept", from);
    receive.put("names", names);
    receive.put("limit", limit);
    Set<String> accounts = from.stream().map(ReceiveCommand::account).collect(Collectors.toSet());
    return FileBot.run(
        config,
        environment,
        directory,
        accounts,
        Map.of("receive", receive, "links", Map.of("allow", allow)));
  }

  private static String account(String who) {
    int slash = who.indexOf('/');
    if (slash < 1) {
      throw new StartFailure(ExitCodes.WRONG, "write --from ACCOUNT/WHO, not " + who);
    }
    return who.substring(0, slash);
  }
}
