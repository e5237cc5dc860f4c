package dev.owlery.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The program below {@code target/owlery}, started as {@code ./owlery} starts it: with the options
 * that stand there, and with the cache that it makes at its first start.
 */
public final class AssembledProgram {
  private static final Path HOME = Path.of("target", "owlery").toAbsolutePath();
  private static final Path TEST_CLASSES = Path.of("target", "test-classes").toAbsolutePath();
  private static final Path SCRIPT = Path.of("..", "owlery").toAbsolutePath().normalize();
  private static final Pattern FLAGS = Pattern.compile("\nflags=\"([^\"]*)\"");
  private static final long FIRST_START_MINUTES = 5;
  private static final List<String> OPTIONS = options();

  private AssembledProgram() {}

  /**
   * The command up to the main class; what follows are the program's arguments.
   *
   * @param options more options for the JVM, which win
   * @param withTestClasses whether the classes of these tests are on the class path
   */
  public static List<String> command(List<String> options, boolean withTestClasses) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(OPTIONS);
    command.addAll(options);
    command.add("-cp");
    command.add(withTestClasses ? classPath() + ":" + TEST_CLASSES : classPath());
    command.add(Main.class.getName());
    return command;
  }

  private static List<String> options() {
    Path cache = HOME.resolve("owlery.aot");
    try {
      if (!Files.exists(cache)) {
        makeCache(cache);
      }
      Matcher flags = FLAGS.matcher(Files.readString(SCRIPT));
      if (!flags.find()) {
        throw new IllegalStateException(SCRIPT + " names no flags");
      }
      List<String> options = new ArrayList<>(List.of(flags.group(1).split("\\s+")));
      options.addAll(List.of("-Xlog:disable", "-Xlog:all=error,aot*=off,cds*=off:stderr"));
      options.add("-XX:AOTCache=" + cache);
      options.add("-Dorg.sqlite.lib.path=" + HOME.resolve("native"));
      return options;
    } catch (IOException cannotStart) {
      throw new UncheckedIOException("cannot start " + SCRIPT, cannotStart);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  private static void makeCache(Path cache) throws IOException, InterruptedException {
    ProcessBuilder first = new ProcessBuilder(SCRIPT.toString(), "--version");
    first.environment().put("OWLERY_BUILD", "no");
    first.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    Process started = first.start();
    if (!started.waitFor(FIRST_START_MINUTES, TimeUnit.MINUTES)) {
      started.destroyForcibly();
      throw new IllegalStateException("the first start of " + SCRIPT + " takes too long");
    }
    if (!Files.exists(cache)) {
      throw new IllegalStateException(
          "the rehearsal has failed: see " + HOME.resolve("rehearsal.log"));
    }
  }

  private static String classPath() {
    try (Stream<Path> jars = Files.list(HOME.resolve("lib"))) {
      return jars.map(Path::toString)
          .filter(name -> name.endsWith(".jar"))
          .sorted()
          .collect(Collectors.joining(":"));
    } catch (IOException notPackaged) {
      throw new UncheckedIOException("the program is not packaged", notPackaged);
    }
  }
}
