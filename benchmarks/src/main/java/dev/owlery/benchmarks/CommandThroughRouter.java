package dev.owlery.benchmarks;

import dev.owlery.api.action.EndCall;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.command.Form;
import dev.owlery.api.content.Content;
import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.core.command.CallContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.incendo.cloud.annotation.specifier.Greedy;
import org.incendo.cloud.annotations.Argument;
import org.incendo.cloud.annotations.Command;
import org.incendo.cloud.annotations.Permission;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long the router takes: for a message that is no command, and for one that is, until its
 * method has answered.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(2)
public class CommandThroughRouter {

  private final Conversation room = Conversation.room(Stations.ACCOUNT, "#room");
  private final MessagePosted talk = Stations.message(1, room, "has anybody seen the owl?");
  private final MessagePosted call = Stations.message(2, room, "!echo hello there");
  private final Host host = new Host();
  private Stations stations;

  /** Opens the stations with one plugin. */
  @Setup
  public void open() {
    stations = Stations.open();
    stations.commands().register("bench", new Parrot());
  }

  /** Closes the stations. */
  @TearDown
  public void close() {
    stations.close();
  }

  /**
   * Talk among people.
   *
   * @return that it is no command
   */
  @Benchmark
  public boolean talk() {
    return stations.commands().match(talk, "owl", Set.of()).isEmpty();
  }

  /**
   * A command with one greedy argument.
   *
   * @return what it answers
   * @throws Throwable never
   */
  @Benchmark
  public Content command() throws Throwable {
    stations.commands().match(call, "owl", Set.of()).orElseThrow().run(host);
    return host.said;
  }

  /** Repeats what it is told. */
  public static final class Parrot {

    /**
     * Repeats.
     *
     * @param message what to say
     * @return the same
     */
    @Command("echo <message>")
    @Permission("view")
    public String echo(@Argument("message") @Greedy String message) {
      return message;
    }
  }

  private static final class Host implements CallContext {
    private Content said = Content.of("");

    @Override
    public void reply(Content content) {
      said = content;
    }

    @Override
    public void fails(EndCall.Failure why) {
      // The conversation does not show it.
    }

    @Override
    public void discard() {}

    @Override
    public void commit() {}

    @Override
    public void show(String question, Form form) {}

    @Override
    public Optional<ChatEvent> await(ExpectedAnswer awaited, Duration patience) {
      return Optional.empty();
    }

    @Override
    public List<Content> divide(Content content) {
      return List.of(content);
    }
  }
}
