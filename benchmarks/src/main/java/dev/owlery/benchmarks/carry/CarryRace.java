package dev.owlery.benchmarks.carry;

import dev.owlery.testkit.net.LoopbackPorts;
import dev.owlery.testkit.net.ScratchDirectory;
import dev.owlery.testkit.xmpp.Prosody;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * Carries one large file from bot to bot over SOCKS5 on loopback, directly and through the proxy of
 * Prosody, and beside that with {@code cat} through a socket. What it tells is seen from outside:
 * the sizes of the copy in the spool and of the file that comes.
 */
public final class CarryRace {
  private static final String NAME = "large.bin";
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(10);
  private static final int LOOK_MILLIS = 5;
  private static final int COPIES = 3;

  private final Path program;
  private final Path scratch;
  private final long size;

  private CarryRace(Path program, Path scratch, long size) {
    this.program = program;
    this.scratch = scratch;
    this.size = size;
  }

  /**
   * Runs the race.
   *
   * @param args the project's folder, how many rounds (3), how many MiB (1024)
   * @throws Exception if a bot does not start, or the file does not arrive
   */
  public static void main(String[] args) throws Exception {
    Path program = Path.of(args[0]).toAbsolutePath().normalize().resolve("owlery");
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    long size = (args.length > 2 ? Long.parseLong(args[2]) : 1_024) << 20;
    try (ScratchDirectory scratch = ScratchDirectory.create("carry")) {
      new CarryRace(program, scratch.path(), size).run(rounds);
    }
  }

  private void run(int rounds) throws Exception {
    Path original = scratch.resolve(NAME);
    write(original);
    List<Long> cats = new ArrayList<>();
    Map<String, List<CarryFigures>> results = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      Path copy = scratch.resolve("copy");
      fetchMemory();
      cats.add(Cats.carry(original, copy).toMillis());
      Files.delete(copy);
      for (String way : List.of("direct", "proxy")) {
        CarryFigures figures = carry(original, way);
        results.computeIfAbsent(way, any -> new ArrayList<>()).add(figures);
        System.err.println("cat " + cats.getLast() + " ms; " + way + ": " + figures);
      }
    }
    long cat = median(cats, Long::longValue);
    System.out.println(
        "| way | stream, MB/s | of cat | copy in the spool, MB/s | both, MB/s | of cat |"
            + " sender idle, MB | at most | receiver idle, MB | at most |");
    System.out.println("|---|---|---|---|---|---|---|---|---|---|");
    System.out.printf("| cat through a socket | %d | 1 | | | | | | | |%n", speed(cat));
    results.forEach((way, all) -> System.out.println("| " + way + " | " + row(all, cat) + " |"));
  }

  private void write(Path file) throws IOException {
    byte[] piece = new byte[1 << 20];
    Random random = new Random(1);
    try (OutputStream out = Files.newOutputStream(file)) {
      for (long left = size; left > 0; left -= piece.length) {
        random.nextBytes(piece);
        out.write(piece);
      }
    }
  }

  /**
   * Touches as much memory as the copies of the file will take, and gives it up. A virtual machine
   * that has returned memory to its host gets it back ten times more slowly than a file is copied:
   * without this, whoever writes more copies is measured by that.
   */
  private void fetchMemory() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment _ = arena.allocate(COPIES * size);
    }
  }

  private CarryFigures carry(Path original, String way) throws Exception {
    int port = LoopbackPorts.reserve();
    boolean direct = way.equals("direct");
    try (Prosody server = Prosody.start();
        ScratchDirectory owls = ScratchDirectory.create("carry-owl");
        ScratchDirectory keas = ScratchDirectory.create("carry-kea")) {
      server.register("owl", "secret");
      server.register("kea", "secret");
      Path outbox = Files.createDirectory(owls.path().resolve("outbox"));
      Path inbox = Files.createDirectory(keas.path().resolve("received"));
      String listen = direct ? "files { listen = \"127.0.0.1:%d\" }".formatted(port) : "";
      String hosts = direct ? "files { hosts = [ \"127.0.0.1:%d\" ] }".formatted(port) : "";
      try (CarryProcess kea =
              CarryProcess.start(
                  program,
                  keas.path(),
                  configuration(
                      server, "kea", hosts, "receive { into = received, accept = [ \"*\" ] }"));
          CarryProcess owl =
              CarryProcess.start(
                  program,
                  owls.path(),
                  configuration(
                      server,
                      "owl",
                      listen,
                      "watch = [ { directory = outbox, to = \"net/kea@localhost\", settle = 200ms } ]"))) {
        Files.copy(original, owls.path().resolve(NAME));
        fetchMemory();
        Files.move(owls.path().resolve(NAME), outbox.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
        CarryFigures figures = watch(owl, owls.path().resolve("data"), kea, inbox);
        if (Files.mismatch(original, inbox.resolve(NAME)) != -1) {
          throw new IOException("another file has arrived");
        }
        return figures;
      }
    }
  }

  private static String configuration(Prosody server, String user, String files, String relay) {
    return """
    bot { data-dir = "data", durability = crash }
    accounts { net { protocol = xmpp, jid = "%s@localhost", password = secret, host = "127.0.0.1"
                     port = %d, tls = off, %s } }
    plugins = [ file-relay ]
    files { transport = socks5 }
    plugin.file-relay { %s }
    """
        .formatted(user, server.port(), files, relay);
  }

  /** Looks on until the file is there. */
  private CarryFigures watch(CarryProcess owl, Path data, CarryProcess kea, Path inbox)
      throws Exception {
    long owlIdle = owl.memory();
    long keaIdle = kea.memory();
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    long copying = 0;
    long streaming = 0;
    while (!Files.exists(inbox.resolve(NAME))) {
      if (System.nanoTime() > deadline) {
        throw new IOException("nothing arrives: " + owl.log() + kea.log());
      }
      if (copying == 0 && largest(data.resolve("spool")) >= 0) {
        copying = System.nanoTime();
      }
      if (streaming == 0 && largest(inbox) > 0) {
        streaming = System.nanoTime();
      }
      owl.memory();
      kea.memory();
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    long there = System.nanoTime();
    return new CarryFigures(
        Duration.ofNanos(streaming - copying).toMillis(),
        Duration.ofNanos(there - streaming).toMillis(),
        owlIdle >> 10,
        owl.most() >> 10,
        keaIdle >> 10,
        kea.most() >> 10);
  }

  /** The size of the largest file in a folder; -1 if there is none. */
  private static long largest(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return -1;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.mapToLong(file -> file.toFile().length()).max().orElse(-1);
    }
  }

  private String row(List<CarryFigures> all, long cat) {
    long copy = median(all, CarryFigures::copyMillis);
    long stream = median(all, CarryFigures::streamMillis);
    return "%d | %.2f | %d | %d | %.2f | %d | %d | %d | %d"
        .formatted(
            speed(stream),
            (double) cat / stream,
            speed(copy),
            speed(copy + stream),
            (double) cat / (copy + stream),
            median(all, CarryFigures::owlIdle),
            median(all, CarryFigures::owlMost),
            median(all, CarryFigures::keaIdle),
            median(all, CarryFigures::keaMost));
  }

  private long speed(long millis) {
    return size / 1_000 / Math.max(1, millis);
  }

  private static <T> long median(List<T> all, ToLongFunction<T> figure) {
    long[] values = all.stream().mapToLong(figure).sorted().toArray();
    return values[values.length / 2];
  }

  /** Times in milliseconds, memory in MB. */
  private record CarryFigures(
      long copyMillis, long streamMillis, long owlIdle, long owlMost, long keaIdle, long keaMost) {}
}
