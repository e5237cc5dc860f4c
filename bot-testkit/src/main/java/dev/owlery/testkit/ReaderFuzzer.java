package dev.owlery.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs Jazzer, which makes up texts by the code that they reach, in a process of its own: its agent
 * changes all classes. What it has learned stays below {@code target/fuzz} and is used again. A
 * class of tests is one target; the first byte of an input says which of its readers gets the rest.
 *
 * <p>{@code -Dowlery.fuzz.seconds} says how long it looks; the start takes some seconds more.
 */
public final class ReaderFuzzer {
  private static final String FUZZER = "com.code_intelligence.jazzer.Jazzer";
  private static final String TESTS = "owlery.fuzz.tests";
  private static final long SECONDS = Long.getLong("owlery.fuzz.seconds", 8);
  private static final int LONGEST = 4_096;

  /** The code by which inputs are told apart: ours, and the libraries that read for us. */
  private static final String READ_BY =
      "dev.owlery.**:com.google.gson.**:com.fasterxml.jackson.core.**:com.google.re2j.**:com.rometools.**:com.typesafe.config.**"
          + ":org.commonmark.**:org.incendo.**";

  /** Above what it is asked for: for the start, and for the input that it is at. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static List<ReaderProperties> readers = List.of();

  private ReaderFuzzer() {}

  /** Looks for texts that the readers of a class fail at; skipped where there is no Jazzer. */
  static void fuzz(Class<?> tests) throws IOException, InterruptedException {
    boolean isThere =
        ReaderFuzzer.class.getResource("/" + FUZZER.replace('.', '/') + ".class") != null;
    assumeTrue(isThere, "Jazzer is on the class path of `make soak` only");
    Path folder = Path.of("target", "fuzz", tests.getSimpleName()).toAbsolutePath();
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    Path signs = folder.resolve("signs.txt");
    List<ReaderProperties> all = readers(tests);
    writeSeeds(all, corpus);
    Files.write(signs, all.stream().flatMap(ReaderFuzzer::dictionary).distinct().toList());
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(command(tests, corpus, signs))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      if (!process.waitFor(SECONDS + PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        fail("the fuzzer does not end: %s", output);
      }
      String said = Files.readString(output, UTF_8);
      System.out.println("[fuzz] " + tests.getSimpleName() + ": " + last(said));
      if (process.exitValue() != 0) {
        fail("%s: %s", output, said.substring(Math.max(0, said.indexOf("== Java"))));
      }
    } finally {
      process.destroyForcibly();
    }
  }

  private static String last(String said) {
    return said.lines().filter(line -> line.matches("#\\d+\\s.*")).reduce("", (_, line) -> line);
  }

  private static List<String> command(Class<?> tests, Path corpus, Path signs) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:+EnableDynamicAgentLoading",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-Xss512k",
        "-Xmx512m",
        // Nothing that is made up leads anybody out of this machine.
        "-Dhttp.proxyHost=127.0.0.1",
        "-Dhttp.proxyPort=1",
        "-D" + TESTS + "=" + tests.getName(),
        "-cp",
        System.getProperty("java.class.path"),
        FUZZER,
        "--target_class=" + ReaderFuzzer.class.getName(),
        "--instrumentation_includes=" + READ_BY,
        "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.*",
        "-max_total_time=" + SECONDS,
        "-max_len=" + LONGEST,
        "-timeout=20",
        "-rss_limit_mb=0",
        "-print_final_stats=1",
        "-dict=" + signs,
        corpus.toString());
  }

  @SuppressWarnings("unchecked") // As FuzzedReaders asks for it.
  private static List<ReaderProperties> readers(Class<?> tests) {
    try {
      Method method = tests.getDeclaredMethod("readers");
      method.setAccessible(true);
      return ((Stream<ReaderProperties>) method.invoke(null)).toList();
    } catch (ReflectiveOperationException none) {
      throw new IllegalArgumentException(tests + " has no static method readers()", none);
    }
  }

  private static void writeSeeds(List<ReaderProperties> all, Path corpus) throws IOException {
    for (int number = 0; number < all.size(); number++) {
      List<String> seeds = new ArrayList<>(all.get(number).samples());
      seeds.add(String.join("", all.get(number).tokens()));
      for (int i = 0; i < seeds.size(); i++) {
        ByteArrayOutputStream seed = new ByteArrayOutputStream();
        seed.write(number);
        byte[] text = seeds.get(i).getBytes(UTF_8);
        seed.write(text, 0, Math.min(text.length, LONGEST - 1));
        Files.write(corpus.resolve("seed-" + number + "-" + i), seed.toByteArray());
      }
    }
  }

  /** The signs of a reader as entries of a dictionary, a line each. */
  private static Stream<String> dictionary(ReaderProperties reader) {
    return reader.tokens().stream()
        .map(token -> token.getBytes(UTF_8))
        .filter(bytes -> bytes.length <= 64)
        .map(bytes ->
            Stream.iterate(0, i -> i < bytes.length, i -> i + 1)
                .map(i -> "\\x%02x".formatted(bytes[i] & 0xff))
                .collect(Collectors.joining("", "\"", "\"")));
  }

  /** Called by the fuzzer once. What is loaded here costs no input its time. */
  public static void fuzzerInitialize() {
    try {
      readers = readers(Class.forName(System.getProperty(TESTS)));
    } catch (ClassNotFoundException none) {
      throw new IllegalStateException(none);
    }
    for (ReaderProperties reader : readers) {
      reader.read(String.join("", reader.tokens()));
      reader.samples().forEach(reader::read);
    }
  }

  /**
   * The target, called by the fuzzer.
   *
   * @param input a byte for the reader, and a text
   * @throws AssertionError if the reader fails at it
   */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length > 0) {
      ReaderProperties reader = readers.get((input[0] & 0xff) % readers.size());
      reader.read(new String(input, 1, input.length - 1, UTF_8));
    }
  }
}
