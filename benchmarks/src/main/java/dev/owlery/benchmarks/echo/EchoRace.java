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
    Map<String, List<Figures>> results = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (String bot :
          List.of("bare PircBotX", "Owlery, durability off", "Owlery, durability crash")) {
        Figures figures = race(bot);
        results.computeIfAbsent(bot, b -> new ArrayList<>()).add(figures);
        System.err.println(bot + ": " + figures);
      }
    }
    System.out.println(
        "| bot | cold burst, echoes/s | warm burst, echoes/s | one client p50, us | p99, us | out of order |"
            + " start to joined, ms | memory after the load, MB |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    results.forEach(
        (bot, all) -> System.out.println("| " + bot + " | " + Figures.medians(all) + " |"));
  }

  private Figures race(String bot) throws Exception {
    try (Ngircd server = Ngircd.start();
        Client scout = Client.connect(server.port(), "scout", "bot")) {
      Path home = Files.createTempDirectory("race");
      long begun = System.nanoTime();
      Process process = start(command(bot, server.port(), home), home);
      try {
        scout.awaitBot(CHANNEL);
        long joined = System.nanoTime() - begun;
        scout.run(200, 1);
        Burst cold = burst(server.port(), "c");
        Burst warm = burst(server.port(), "w");
        Client.Tally single = scout.run(SINGLE, 1);
        long[] sorted = single.took().clone();
        Arrays.sort(sorted);
        return new Figures(
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
    List<Client> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(Client.connect(port, prefix + i, "bot"));
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
      List<Callable<Client.Tally>> runs = new ArrayList<>();
      clients.forEach(client -> runs.add(() -> client.run(BURST / CLIENTS, WINDOW)));
      long begun = System.nanoTime();
      int disorder = 0;
      for (Future<Client.Tally> tally : threads.invokeAll(runs)) {
        disorder += tally.get().disorder();
      }
      return new Burst(BURST * 1_000_000_000L / (System.nanoTime() - begun), disorder);
    } finally {
      for (Client client : clients) {
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

  private record Figures(
      long cold, long warm, long p50, long p99, long disorder, long joined, long memory) {

    static String medians(List<Figures> all) {
      return String.join(
          " | ",
          List.of(
              median(all, Figures::cold),
              median(all, Figures::warm),
              median(all, Figures::p50),
              median(all, Figures::p99),
              median(all, Figures::disorder),
              median(all, Figures::joined),
              median(all, Figures::memory)));
    }

    private static String median(
        List<Figures> all, java.util.function.ToLongFunction<Figures> figure) {
      long[] values = all.stream().mapToLong(figure).sorted().toArray();
      return Long.toString(values[values.length / 2]);
    }
  }
}
