package dev.owlery.core.command;

import dev.owlery.api.command.CommandCall;
import dev.owlery.api.command.CommandException;
import dev.owlery.api.content.Card;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.Text;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.incendo.cloud.annotation.specifier.Quoted;
import org.incendo.cloud.annotation.specifier.Range;
import org.incendo.cloud.annotations.Argument;
import org.incendo.cloud.annotations.Command;
import org.incendo.cloud.annotations.Default;
import org.incendo.cloud.annotations.Flag;
import org.incendo.cloud.annotations.Permission;

/** A plugin with commands of every kind. */
final class Works {
  @Command("twice <number>")
  @Permission("view")
  String twice(@Argument("number") @Range(min = "-100", max = "100") int number) {
    return "" + 2 * number;
  }

  @Command("roll [dice]")
  @Permission("view")
  String roll(@Argument("dice") @Default("1") int dice) {
    return dice + "d6";
  }

  @Command("join <a> <b>")
  @Permission("view")
  String join(@Argument("a") @Quoted String a, @Argument("b") String b) {
    return a + "|" + b;
  }

  @Command("build <what>")
  @Permission("view")
  String build(
      @Argument("what") String what,
      @Flag("clean") boolean clean,
      @Flag("times") @Default("1") Integer times) {
    return what + " " + clean + " " + (times == null ? 1 : times);
  }

  @Command("plugin list")
  @Permission("view")
  String list() {
    return "parrot, works";
  }

  @Command("plugin load <id>")
  @Permission("admin.plugins")
  String load(@Argument("id") String id) {
    return "loaded " + id;
  }

  @Command("deploy <service>")
  String deploy(@Argument("service") String service) {
    return "deploying " + service;
  }

  @Command("nothing-at-all")
  @Permission("view")
  void nothing() {}

  @Command("blank")
  @Permission("view")
  String blank() {
    return " ";
  }

  @Command("marked")
  @Permission("view")
  Text marked() {
    return Text.markdown("**strong**");
  }

  @Command("card")
  @Permission("view")
  Card card() {
    return Card.card("built").build();
  }

  @Command("content")
  @Permission("view")
  Content content() {
    return Content.of("content");
  }

  @Command("maybe")
  @Permission("view")
  Optional<String> maybe() {
    return Optional.of("perhaps");
  }

  @Command("later")
  @Permission("view")
  CompletionStage<String> later() {
    return CompletableFuture.supplyAsync(() -> "done");
  }

  @Command("list")
  @Permission("view")
  List<String> several() {
    return List.of("a", "b");
  }

  @Command("both")
  @Permission("view")
  String both(CommandCall call) {
    call.reply("first");
    return "second";
  }

  @Command("count")
  @Permission("view")
  Stream<Object> count() {
    return Stream.of("1", Content.of("2"), Optional.of(Text.plain("3")));
  }

  @Command("regret")
  @Permission("view")
  void regret(CommandCall call) {
    call.reply("done");
    throw new CommandException("not after all");
  }

  @Command("fail <how>")
  @Permission("view")
  Object fail(@Argument("how") String how) throws Exception {
    CommandException forUser = new CommandException("no such owl");
    return switch (how) {
      case "plain" -> throw forUser;
      case "wrapped" -> throw new IllegalStateException("oops", forUser);
      case "later" -> CompletableFuture.failedFuture(forUser);
      case "streamed" ->
          Stream.of("one", "two")
              .peek(text -> {
                if (text.equals("two")) {
                  throw forUser;
                }
              });
      default -> throw new IOException("disk on fire");
    };
  }
}
