package dev.owlery.core.command;

import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.command.Answers;
import dev.owlery.api.command.CommandCall;
import dev.owlery.api.command.Form;
import dev.owlery.api.content.Content;
import dev.owlery.api.event.Origin;
import dev.owlery.core.permission.PermissionSettings;
import dev.owlery.core.permission.RolePermissions;
import dev.owlery.testkit.LinearReaders;
import dev.owlery.testkit.ReaderProperties;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.incendo.cloud.annotation.specifier.Greedy;
import org.incendo.cloud.annotation.specifier.Quoted;
import org.incendo.cloud.annotations.Argument;
import org.incendo.cloud.annotations.Command;
import org.incendo.cloud.annotations.Flag;
import org.incendo.cloud.annotations.Permission;

/** What is read of command lines: a complaint at worst, in a time that grows with the length. */
final class CommandReadersTest implements LinearReaders {
  private static final int LONGEST = CommandExecution.LONGEST;
  private static final String[] SIGNS = {
    " ", "\"", "'", "\\", "\\\"", "--", "-", "--loud", "-l", "--times", "=", "a", "1", "\n", "\t",
    "\u00a0", "\" ", "a ", "\"a\" "
  };
  private static final CommandDeclarations DECLARATIONS =
      new CommandDeclarations(
          "target",
          new Target(),
          new RolePermissions(PermissionSettings.withoutBlock(List.of())),
          word -> "view");

  static Stream<ReaderProperties> readers() {
    return Stream.of(
        ReaderProperties.of(
                "who is spoken to", LONGEST, text -> AddressedText.read(text, "!", "owl", false))
            .madeOf("!", "owl", "@", ":", ",", " ", "\u00a0", "a", "\n")
            .like("!echo a", "owl: echo a", "@owl echo a", "owl, !echo a"),
        commands("rest of the line", "echo ", SIGNS),
        commands("quoted words", "quoted ", SIGNS).like("\"a \\\" b\"", "'a b'", "\"a"),
        commands("many words", "many ", SIGNS).like("1 true a --loud --times 3", "1 --times=3 a"),
        commands("a text before flags", "flagged ", SIGNS).like("a b --loud", "a --times 3 b"),
        commands("words of commands", "sub ", SIGNS).like("a 1e999", "b", "a 1e9"),
        ReaderProperties.of(
                "completions", 2_048, text -> DECLARATIONS.suggest(CALL, "many " + text))
            .madeOf(SIGNS)
            .like("\n\n3\n\" \u000e", "1 true a --times 2 b"),
        ReaderProperties.of(
                "what was meant",
                LONGEST,
                text -> UserErrors.usage("!", text, DECLARATIONS.commandsOf("many"), any -> true))
            .madeOf(SIGNS),
        ReaderProperties.of(
                "misspelt words", LONGEST, text -> Suggestions.closeTo(text, List.of("many")))
            .madeOf("m", "a", "n", "y"));
  }

  private static ReaderProperties commands(String name, String command, String... signs) {
    return ReaderProperties.of(name, LONGEST, text -> read((command + text).strip())).madeOf(signs);
  }

  private static void read(String line) throws Exception {
    try {
      DECLARATIONS.read(CALL, CommandLine.of(line));
    } catch (Error e) {
      throw e;
    } catch (Throwable refused) {
      if (UserErrors.of(refused, "usage").isEmpty()) {
        throw new IllegalStateException("a refusal that cannot be told", refused);
      }
    }
  }

  private static final CommandCall CALL =
      new CommandCall() {
        private final Conversation room = Conversation.room(new AccountId("here"), "#owls");

        @Override
        public Member caller() {
          return Member.unverified("ann");
        }

        @Override
        public Optional<String> person() {
          return Optional.empty();
        }

        @Override
        public Conversation where() {
          return room;
        }

        @Override
        public Origin origin() {
          return Origin.live("key", Instant.EPOCH);
        }

        @Override
        public String input() {
          return "";
        }

        @Override
        public boolean permits(String permission) {
          return true;
        }

        @Override
        public void reply(Content content) {}

        @Override
        public Answers ask(Form form) {
          throw new IllegalStateException("nobody is there");
        }
      };

  /** Commands with every kind of argument. */
  @Permission("view")
  static final class Target {
    @Command("echo <message>")
    String echo(@Argument("message") @Greedy String message) {
      return message;
    }

    @Command("quoted <message>")
    String quoted(@Argument("message") @Quoted String message) {
      return message;
    }

    @Command("many <a> <b> [c]")
    String many(
        @Argument("a") int a,
        @Argument("b") boolean b,
        @Argument("c") String c,
        @Flag(value = "loud", aliases = "l") boolean loud,
        @Flag("times") Integer times) {
      return a + " " + b + " " + c + loud + times;
    }

    @Command("flagged <text>")
    String flagged(
        @Argument("text") @org.incendo.cloud.annotation.specifier.FlagYielding String text,
        @Flag(value = "loud", aliases = "l") boolean loud,
        @Flag("times") Integer times) {
      return text + loud + times;
    }

    @Command("sub a <x>")
    String subA(@Argument("x") double x) {
      return "" + x;
    }

    @Command("sub b")
    String subB() {
      return "b";
    }
  }
}
