package dev.owlery.benchmarks.echo;

import dev.owlery.testkit.irc.Ngircd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Races bots against each other: each answers {@code !echo} through the same ngircd. Prints a
 * Markdown table with medians of the rounds. Load client, server and bot share the machine's cores.
 */
public final class EchoRace {

  private static final String CHANNEL = "#race";
  private static final int CLIENTS = 20;
  private static final int BURST = 20_000;
  private static final int WINDOW = 16;
  private static final int SINGLE = 2_000;

  private final Path root;
  private final int rounds;

  private EchoRace(Path root, int rounds) {
    this.root = root;
    this.rounds = rounds;
  }

  /**
   * Runs the race.
   *
   * @param args the project's folder, and how many rounds (3)
   * @throws Exception if a bot does not start or does not answer
   */
  public static void main(String[] args) throws Exception {
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    new EchoRace(Path.of(args[0]).toAbsolutePath().normalize(), rounds).run();
  }

  private void run() throws Exception {
    Map<String, List<EchoFigures>> results = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (String bot :
          List.of("bare PircBotX", "Owlery, durability off", "Owlery, durability crash")) {
        EchoFigures figures = race(bot);
        results.computeIfAbsent(bot, b -> new ArrayList<>()).add(figures);
        System.err.println(bot + ": " + figures);
      }
    }
    System.out.println(
        "| bot | cold burst, echoes/s | warm burst, echoes/s | one client p50, us | p99, us | out of order |"
            + " start to joined, ms | memory after the load, MB |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    results.forEach(
        (bot, all) -> System.out.println("| " + bot + " | " + EchoFigures.medians(all) + " |"));
  }

  private EchoFigures race(String bot) throws Exception {
    try (Ngircd server = Ngircd.start();
        RaceClient scout = RaceClient.connect(server.port(), "scout", "bot")) {
      Path home = Files.createTempDirectory("race");
      long begun = System.nanoTime();
      Process process = start(command(bot, server.port(), home), home);
      try {
        scout.awaitBot(CHANNEL);
        long joined = System.nanoTime() - begun;
        scout.run(200, 1);
        Burst cold = burst(server.port(), "c");
        Burst warm = burst(server.port(), "w");
        RaceClient.Tally single = scout.run(SINGLE, 1);
        long[] sorted = single.took().clone();
        Arrays.sort(sorted);
        return new EchoFigures(
            cold.perSecond(),
            warm.perSecond(),
            sorted[SINGLE / 2] / 1_000,
            sorted[SINGLE * 99 / 100] / 1_000,
            cold.disorder() + warm.disorder() + single.disorder(),
            TimeUnit.NANOSECONDS.toMillis(joined),
            memory(process));
      } finally {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      }
    }
  }

  private List<String> command(String bot, int port, Path home) throws IOException {
    if (bot.startsWith("bare")) {
      return List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-Xmx256m",
          "-cp",
          root.resolve("benchmarks/target/peer") + "/*",
          BarePircBotX.class.getName(),
          "127.0.0.1",
          Integer.toString(port),
          "bot",
          CHANNEL);
    }
    Path conf = home.resolve("bot.conf");
    Files.writeString(
        conf,
        """
        bot { name = bot, data-dir = "%s", durability = %s }
        accounts { race { protocol = irc, host = "127.0.0.1", port = %d, tls = off, nick = bot, rooms = ["%s"]
                          flood { burst = 0 } } }
        plugins = [ echo ]
        limits { commands-per-minute = 0 }
        """
            .formatted(home.resolve("data"), bot.endsWith("off") ? "off" : "crash", port, CHANNEL));
    return List.of(root.resolve("owlery").toString(), "run", "--config", conf.toString());
  }

  private static Process start(List<String> command, Path home) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
        .redirectOutput(home.resolve("log").toFile())
        .start();
  }

  private static Burst burst(int port, String prefix) throws Exception {
    List<RaceClient> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(RaceClient.connect(port, prefix + i, "bot"));
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
      List<Callable<RaceClient.Tally>> runs = new ArrayList<>();
      clients.forEach(client -> runs.add(() -> client.run(BURST / CLIENTS, WINDOW)));
      long begun = System.nanoTime();
      int disorder = 0;
      for (Future<RaceClient.Tally> tally : threads.invokeAll(runs)) {
        disorder += tally.get().disorder();
      }
      return new Burst(BURST * 1_000_000_000L / (System.nanoTime() - begun), disorder);
    } finally {
      for (RaceClient client : clients) {
        client.close();
      }
    }
  }

  private static long memory(Process process) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1_024)
        .findFirst()
        .orElse(0);
  }

  private record Burst(long perSecond, int disorder) {}

  private record EchoFigures(
      long cold, long warm, long p50, long p99, long disorder, long joined, long memory) {

    static String medians(List<EchoFigures> all) {
      return String.join(
          " | ",
          List.of(
              median(all, EchoFigures::cold),
              median(all, EchoFigures::warm),
              median(all, EchoFigures::p50),
              median(all, EchoFigures::p99),
              median(all, EchoFigures::disorder),
              median(all, EchoFigures::joined),
              median(all, EchoFigures::memory)));
    }

    private static String median(
        List<EchoFigures> all, java.util.function.ToLongFunction<EchoFigures> figure) {
      long[] values = all.stream().mapToLong(figure).sorted().toArray();
      return Long.toString(values[values.length / 2]);
    }
  }
}
