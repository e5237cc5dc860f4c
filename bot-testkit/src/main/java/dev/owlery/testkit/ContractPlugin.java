package dev.owlery.testkit;

import dev.owlery.api.command.CommandCall;
import dev.owlery.api.event.MemberJoined;
import dev.owlery.api.plugin.Bot;
import dev.owlery.api.plugin.On;
import dev.owlery.api.plugin.Plugin;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.incendo.cloud.annotation.specifier.Greedy;
import org.incendo.cloud.annotations.Argument;
import org.incendo.cloud.annotations.Command;
import org.incendo.cloud.annotations.Permission;

/** The bot's side of the conversations in {@link AdapterContract}. */
final class ContractPlugin implements Plugin {

  private final Bot bot;

  @Inject
  ContractPlugin(Bot bot) {
    this.bot = bot;
  }

  @Command("echo <message>")
  @Permission("view")
  String echo(@Argument("message") @Greedy String message) {
    return message;
  }

  @Command("count <number>")
  @Permission("view")
  Stream<String> count(@Argument("number") int number) {
    return IntStream.rangeClosed(1, number).mapToObj(i -> "number " + i);
  }

  @Command("lines <number>")
  @Permission("view")
  String lines(@Argument("number") int number) {
    return String.join("\n", IntStream.rangeClosed(1, number).mapToObj(i -> "line " + i).toList());
  }

  @Command("choose")
  @Permission("view")
  String choose(CommandCall call) {
    return "you chose " + call.ask("Tea or coffee?", List.of("tea", "coffee"));
  }

  @On
  public void greet(MemberJoined joined) {
    if (!joined.member().isSelf() && !joined.member().isBot()) {
      bot.say(joined.where(), "Hi " + joined.member().displayName() + "!");
    }
  }
}
