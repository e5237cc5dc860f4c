package dev.owlery.benchmarks;

import dev.owlery.api.content.Text;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What does it cost to show a message as plain text, as it was written or as CommonMark? */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TextToPlain {

  private final Text written = Text.plain("deploying owls to staging, see the log");
  private final Text markdown =
      Text.markdown("deploying **owls** to `staging`, see [the log](https://example.org/log)");

  /**
   * A message without marks.
   *
   * @return its text
   */
  @Benchmark
  public String plain() {
    return written.plain();
  }

  /**
   * A message with bold, code and a link.
   *
   * @return its text
   */
  @Benchmark
  public String markdown() {
    return markdown.plain();
  }
}
