package dev.owlery.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.Named;

/**
 * What must hold for everything that reads text from outside: it fails in no way but by its own
 * refusal, in a small stack, too, and twice the text costs at most two and a half times as much CPU
 * time and memory, up to the longest text that can come. Texts are made by a seeded generator: with
 * the same seed all runs are alike. With the system property {@code owlery.proof=full} there are
 * many more, up to the longest text, from a seed that is different each time and named if something
 * fails; that takes some 15 seconds for a reader.
 *
 * <p>Immutable, but {@link #check} is for one thread at a time, and measures best alone.
 */
public final class ReaderProperties {

  /** Reads text from outside. */
  public interface TextReader {
    /**
     * Reads a text.
     *
     * @param text any text
     * @throws Exception its own refusal
     */
    void read(String text) throws Exception;
  }

  /** How many times as much twice the text may cost. */
  private static final double MOST = 2.5;

  /** For a text that is read twice, where an eighth of it is read once. */
  private static final double STEP_SLACK = 1.25;

  private static final boolean IS_FULL = "full".equals(System.getProperty("owlery.proof"));
  private static final int STACK = 256 * 1024;
  private static final int MOST_FOR_CASES = 4_096;

  /** Readers that mark up no more than a part of a long text are measured below that, too. */
  private static final int SHORT = 2 * 1024;

  private static final int MOST_UNLESS_FULL = 32 * 1024;

  /** Longer than this no property is tried with texts that are made up, however many there are. */
  private static final Duration LONGEST_TRIAL = Duration.ofSeconds(4);

  private final String name;
  private final TextReader reader;
  private final List<Class<? extends Exception>> refusals;
  private final List<String> tokens;
  private final List<String> samples;
  private final int longest;

  private ReaderProperties(
      String name,
      TextReader reader,
      List<Class<? extends Exception>> refusals,
      List<String> tokens,
      List<String> samples,
      int longest) {
    this.name = name;
    this.reader = reader;
    this.refusals = refusals;
    this.tokens = tokens;
    this.samples = samples;
    this.longest = longest;
  }

  /**
   * Names a reader.
   *
   * @param name what it reads
   * @param longest how many characters can come at most
   * @param reader calls it
   * @return the reader, with nothing known of what it reads
   */
  public static ReaderProperties of(String name, int longest, TextReader reader) {
    return new ReaderProperties(name, reader, List.of(), List.of("a", " "), List.of(), longest);
  }

  /**
   * Says how it refuses a text.
   *
   * @param refusal what it throws then
   * @return the same with that
   */
  public ReaderProperties refusesBy(Class<? extends Exception> refusal) {
    return new ReaderProperties(name, reader, List.of(refusal), tokens, samples, longest);
  }

  /**
   * Says of what signs its texts are made.
   *
   * @param signs characters, words or pieces of syntax that mean something to it
   * @return the same with these
   */
  public ReaderProperties madeOf(String... signs) {
    return new ReaderProperties(name, reader, refusals, List.of(signs), samples, longest);
  }

  /**
   * Gives whole texts, which the generator changes here and there.
   *
   * @param texts what it reads, and what it once fell over
   * @return the same with these
   */
  public ReaderProperties like(String... texts) {
    return new ReaderProperties(name, reader, refusals, tokens, List.of(texts), longest);
  }

  /** Checks all properties. */
  public void check() {
    long seed = IS_FULL ? new Random().nextLong() : 1;
    neverFails(seed, IS_FULL ? 20_000 : 150);
    isLinear(seed, IS_FULL ? 300 : 6);
  }

  /**
   * Checks that nothing but its own refusal is thrown, in a small stack.
   *
   * @param seed of the texts
   * @param count of the texts that are made up; known hostile ones come on top
   */
  public void neverFails(long seed, int count) {
    HostileGenerator made = new HostileGenerator(seed, tokens, samples);
    inSmallStack(() -> {
      samples.forEach(text -> readOne(text, "a sample"));
      for (Named<String> hostile : HostileTexts.all()) {
        readOne(cut(hostile.getPayload(), longest), hostile.getName());
      }
      BooleanSupplier isLate = lateness();
      for (int i = 0; i < count && !isLate.getAsBoolean(); i++) {
        readOne(made.text(Math.min(longest, MOST_FOR_CASES)), "seed " + seed + ", text " + i);
      }
    });
  }

  /**
   * Checks that time and memory grow with the length and no faster.
   *
   * @param seed of the shapes of texts
   * @param count of the shapes that are made up; each sign repeated comes on top
   */
  public void isLinear(long seed, int count) {
    HostileGenerator made = new HostileGenerator(seed, tokens, samples);
    inSmallStack(() -> {
      BooleanSupplier isLate = lateness();
      List<HostileGenerator.TextPattern> shapes = made.shapes(count);
      for (int i = 0;
          i < shapes.size() && (i < shapes.size() - count || !isLate.getAsBoolean());
          i++) {
        HostileGenerator.TextPattern shape = shapes.get(i);
        isLinear(seed, shape, Math.min(SHORT, longest));
        isLinear(seed, shape, IS_FULL ? longest : Math.min(MOST_UNLESS_FULL, longest));
      }
    });
  }

  /** In the short form all is tried, so that runs are alike. */
  private static BooleanSupplier lateness() {
    long end = System.nanoTime() + LONGEST_TRIAL.toNanos();
    return () -> IS_FULL && System.nanoTime() - end > 0;
  }

  private void isLinear(long seed, HostileGenerator.TextPattern shape, int length) {
    Consumer<String> read = text -> readOne(text, "seed " + seed + ", " + shape);
    String whole = shape.text(length);
    String trouble = ReaderCost.trouble(read, shape.text(length / 2), whole, MOST);
    if (!trouble.isEmpty()) {
      // Where the longer text no longer fits into the processor's cache, one doubling costs more.
      trouble = ReaderCost.trouble(read, shape.text(length / 4), whole, MOST * MOST);
    }
    if (!trouble.isEmpty()) {
      // Where the longer text has to be read twice, one doubling costs twice as much (squares: 64).
      trouble = ReaderCost.trouble(read, shape.text(length / 8), whole, 2 * 8 * STEP_SLACK);
    }
    assertThat(trouble).as("%s, seed %s: %s", name, seed, shape).isEmpty();
  }

  /**
   * Reads one text; a refusal is fine.
   *
   * @param text any text
   * @throws AssertionError if it fails in any other way
   */
  public void read(String text) {
    readOne(cut(text, longest), "a text of somebody else's");
  }

  private void readOne(String text, String which) {
    try {
      reader.read(text);
    } catch (Throwable thrown) {
      if (refusals.stream().noneMatch(refusal -> refusal.isInstance(thrown))) {
        String shown = text.length() <= 300 ? text : text.substring(0, 300) + "...";
        throw new AssertionError(name + " fails at " + which + ": " + escaped(shown), thrown);
      }
    }
  }

  List<String> tokens() {
    return tokens;
  }

  List<String> samples() {
    return samples;
  }

  private static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest);
  }

  private static String escaped(String text) {
    StringBuilder out = new StringBuilder();
    text.chars()
        .forEach(c -> {
          if (c >= ' ' && c < 127) {
            out.append((char) c);
          } else {
            out.append(String.format("\\u%04x", c));
          }
        });
    return out.toString();
  }

  private void inSmallStack(Runnable work) {
    FutureTask<?> task = new FutureTask<>(work, true);
    Thread thread = new Thread(null, task, "reads-" + name, STACK);
    thread.setDaemon(true);
    thread.start();
    try {
      task.get();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      fail("stopped");
    } catch (java.util.concurrent.ExecutionException failed) {
      if (failed.getCause() instanceof AssertionError broken) {
        throw broken;
      }
      throw new AssertionError(name + " failed", failed.getCause());
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
