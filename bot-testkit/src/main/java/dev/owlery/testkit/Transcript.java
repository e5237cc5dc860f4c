package dev.owlery.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Conversations in a Markdown file, run as tests: the file that explains a plugin proves what it
 * says. Each fenced block marked {@code chat} is one test with a bot of its own, named after the
 * heading above it. Its lines, one deed each:
 *
 * <pre>
 * &gt; ann: !echo hi       ann says it, in #dev unless a line has said otherwise
 * &lt; hi                  the bot says it, and nothing else before it
 * | and this            one more line of the message above, said or expected
 * &lt; /up \d+ s/          the bot says something that matches
 * -- in #ops            from here on in another room
 * -- with ann           from here on in the direct chat with ann
 * -- ann is admin       from here on the network vouches for ann under that name
 * -- ann joins          ann comes into the room; "the bot joins" too
 * -- turn 5m            time passes: a number and s, m, h or d
 * -- restart            the bot stops and starts again
 * -- crash              the bot is killed and starts again
 * -- does Join          the bot does something other than speaking
 * -- quiet              the bot has nothing more to say
 * </pre>
 *
 * <p>After the last line the bot must have nothing more to say in the last conversation.
 */
public final class Transcript {

  private static final Pattern SAYS = Pattern.compile("> ([^\\s:]+): ?(.*)", Pattern.DOTALL);
  private static final Pattern TURN = Pattern.compile("turn (\\d+) ?([smhd])");
  private static final Pattern IS = Pattern.compile("(\\S+) is (\\S+)");
  private static final Pattern LIKE = Pattern.compile("/(.+)/", Pattern.DOTALL);

  private final String name;
  private final List<String> lines;

  private Transcript(String name, List<String> lines) {
    this.name = name;
    this.lines = List.copyOf(lines);
  }

  /**
   * The conversations of a Markdown file as tests, for a {@code @TestFactory}.
   *
   * @param beside a class of the package that holds the file as a resource
   * @param file the file's name
   * @param bot makes the bot of one conversation
   * @return a test for each block
   */
  public static Stream<DynamicTest> tests(
      Class<?> beside, String file, Supplier<BotScenarioBuilder> bot) {
    return read(beside, file).stream()
        .map(chat -> DynamicTest.dynamicTest(chat.name, () -> chat.run(bot.get())));
  }

  private static List<Transcript> read(Class<?> beside, String file) {
    try (InputStream in = beside.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalArgumentException("no " + file + " beside " + beside.getName());
      }
      return read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Finds the conversations of a text.
   *
   * @param markdown the text
   * @return the blocks marked {@code chat}, in order
   * @throws IllegalArgumentException if there are none
   */
  public static List<Transcript> read(String markdown) {
    List<Transcript> found = new ArrayList<>();
    List<String> block = new ArrayList<>();
    String heading = "conversation";
    boolean inside = false;
    for (String line : markdown.lines().toList()) {
      if (inside && line.startsWith("```")) {
        found.add(new Transcript(heading, block));
        block.clear();
        inside = false;
      } else if (inside) {
        block.add(line);
      } else if (line.strip().equals("```chat")) {
        inside = true;
      } else if (line.startsWith("#")) {
        heading = line.replaceFirst("^#+ *", "");
      }
    }
    if (found.isEmpty()) {
      throw new IllegalArgumentException("there is no block marked chat");
    }
    return found;
  }

  /**
   * Runs the conversation.
   *
   * @param builder describes the bot
   * @throws AssertionError if the bot says anything else
   */
  public void run(BotScenarioBuilder builder) {
    try (BotScenario bot = builder.start()) {
      TranscriptRun reading = new TranscriptRun(bot);
      for (int i = 0; i < lines.size(); i++) {
        StringBuilder line = new StringBuilder(lines.get(i));
        while (i + 1 < lines.size() && lines.get(i + 1).startsWith("| ")) {
          line.append('\n').append(lines.get(++i).substring(2));
        }
        reading.take(line.toString());
      }
      reading.take("-- quiet");
    }
  }

  @Override
  public String toString() {
    return name;
  }

  /** Where a conversation stands while it is run. */
  private static final class TranscriptRun {

    private final BotScenario bot;
    private String where = "#dev";

    TranscriptRun(BotScenario bot) {
      this.bot = bot;
    }

    void take(String line) {
      Matcher says = SAYS.matcher(line);
      if (says.matches()) {
        speech(bot.user(says.group(1))).says(says.group(2));
      } else if (line.startsWith("< ")) {
        expect(line.substring(2));
      } else if (line.startsWith("-- ")) {
        direct(line.substring(3).strip());
      } else if (!line.isBlank()) {
        throw new IllegalArgumentException("a transcript has no line like: " + line);
      }
    }

    private FakeUser.Speech speech(FakeUser user) {
      return where.startsWith("#") ? user.in(where) : user.direct();
    }

    private void expect(String text) {
      Matcher like = LIKE.matcher(text);
      if (like.matches()) {
        bot.expect(where).saysLike(like.group(1));
      } else {
        bot.expect(where).says(text);
      }
    }

    private void direct(String what) {
      Matcher turn = TURN.matcher(what);
      Matcher is = IS.matcher(what);
      if (turn.matches()) {
        bot.turn(duration(Long.parseLong(turn.group(1)), turn.group(2)));
      } else if (is.matches()) {
        bot.user(is.group(1)).verifiedAs(is.group(2));
      } else if (what.startsWith("does ")) {
        bot.expect(where).does(what.substring("does ".length()));
      } else if (what.startsWith("in ") || what.startsWith("with ")) {
        where = what.substring(what.indexOf(' ') + 1);
      } else if (what.equals("the bot joins")) {
        bot.network().takesBotInto(where);
      } else if (what.endsWith(" joins")) {
        bot.user(what.substring(0, what.indexOf(' '))).joins(where);
      } else {
        control(what);
      }
    }

    private void control(String what) {
      switch (what) {
        case "restart" -> {
          bot.settle();
          bot.restart();
        }
        case "crash" -> {
          bot.settle();
          bot.crash();
        }
        case "quiet" -> bot.expect(where).nothing();
        default -> throw new IllegalArgumentException("a transcript cannot: " + what);
      }
    }

    private static Duration duration(long amount, String unit) {
      return switch (unit) {
        case "s" -> Duration.ofSeconds(amount);
        case "m" -> Duration.ofMinutes(amount);
        case "h" -> Duration.ofHours(amount);
        default -> Duration.ofDays(amount);
      };
    }
  }
}
