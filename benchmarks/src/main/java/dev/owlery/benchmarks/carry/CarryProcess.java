package dev.owlery.benchmarks.carry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One Owlery in a process of its own, and how much memory it takes. For one thread. */
final class CarryProcess implements AutoCloseable {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final int PAUSE_MILLIS = 20;

  private final Process process;
  private final Path log;
  private long most;

  private CarryProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts it and waits until it is online. */
  static CarryProcess start(Path program, Path home, String configuration)
      throws IOException, InterruptedException {
    Path conf = Files.writeString(home.resolve("bot.conf"), configuration);
    Path log = home.resolve("log");
    Process process =
        new ProcessBuilder(List.of(program.toString(), "run", "--config", conf.toString()))
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(log.toFile())
            .start();
    CarryProcess carrier = new CarryProcess(process, log);
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!Files.readString(log).contains(" ready: ")) {
      if (System.nanoTime() > deadline || !process.isAlive()) {
        carrier.close();
        throw new IOException("the bot is not ready: " + Files.readString(log));
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
    return carrier;
  }

  /** Its memory now, in kB. */
  long memory() throws IOException {
    long now =
        Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElse(0);
    most = Math.max(most, now);
    return now;
  }

  /** The most of what {@link #memory} has seen. */
  long most() {
    return most;
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException stopped) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
