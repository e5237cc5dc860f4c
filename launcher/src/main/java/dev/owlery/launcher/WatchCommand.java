package dev.owlery.launcher;

import dev.owlery.launcher.ExitCodes.StartFailure;
import dev.owlery.launcher.config.FaultyConfiguration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends what appears in a folder. */
@Command(
    name = "watch",
    description = "Send the files that appear in a folder, until SIGTERM or Ctrl-C.",
    mixinStandardHelpOptions = true,
    footer = {"", "Needs no plugin configuration; remembers what it has sent."})
final class WatchCommand implements Callable<Integer> {

  private final ProcessEnvironment environment;

  @Mixin private ConfigFile config = new ConfigFile();

  @Parameters(index = "0", paramLabel = "DIR", description = "The folder.")
  private Path directory = Path.of(".");

  @Option(
      names = "--to",
      required = true,
      paramLabel = "ACCOUNT/WHO",
      description = "To whom, for example home/robin@example.org.")
  private String to = "";

  @Option(names = "--include", paramLabel = "GLOB", description = "Only files that fit.")
  private List<String> include = new ArrayList<>();

  @Option(names = "--exclude", paramLabel = "GLOB", description = "No files that fit.")
  private List<String> exclude = new ArrayList<>();

  @Option(names = "--recursive", description = "Folders in it count too.")
  private boolean recursive;

  @Option(
      names = "--settle",
      paramLabel = "TIME",
      description = "How long a file must not have changed (2s).")
  private String settle = "2s";

  @Option(
      names = "--after",
      paramLabel = "WHAT",
      description = "What becomes of a file that was sent: keep or delete (keep).")
  private String after = "keep";

  @Option(names = "--move-to", paramLabel = "DIR", description = "Where a file goes that was sent.")
  private Optional<Path> moveTo = Optional.empty();

  @Option(names = "--limit", paramLabel = "N", description = "So many files at most.")
  private long limit;

  @Option(names = "--hours", paramLabel = "FROM-TO", description = "Only then: 22:00-06:00.")
  private Optional<String> hours = Optional.empty();

  @Option(
      names = "--schedule",
      paramLabel = "CRON",
      description = "Only at these times: \"0 22 * * 1-5\".")
  private Optional<String> schedule = Optional.empty();

  @Option(
      names = "--transport",
      paramLabel = "NAME",
      description = "The only way of carrying files to use.")
  private Optional<String> transport = Optional.empty();

  WatchCommand(ProcessEnvironment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws FaultyConfiguration {
    int slash = to.indexOf('/');
    if (slash < 1) {
      throw new StartFailure(ExitCodes.WRONG, "write --to ACCOUNT/WHO, not " + to);
    }
    Map<String, Object> watched = new HashMap<>();
    watched.put("directory", directory.toAbsolutePath().toString());
    watched.put("to", to);
    watched.put("only", include);
    watched.put("except", exclude);
    watched.put("recursive", recursive);
    watched.put("settle", settle);
    watched.put("after", moveTo.isPresent() ? "move" : after);
    moveTo.ifPresent(folder -> watched.put("move-to", folder.toAbsolutePath().toString()));
    watched.put("limit", limit);
    hours.ifPresent(times -> watched.put("hours", times));
    schedule.ifPresent(times -> watched.put("schedule", times));
    transport.ifPresent(name -> watched.put("transport", name));
    return FileBot.run(
        config,
        environment,
        directory,
        Set.of(to.substring(0, slash)),
        Map.of("watch", List.of(watched)));
  }
}
