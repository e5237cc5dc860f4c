package dev.owlery.testkit;

import dev.owlery.api.command.CommandCall;
import dev.owlery.api.event.MemberJoined;
import dev.owlery.api.plugin.Bot;
import dev.owlery.api.plugin.Every;
import dev.owlery.api.plugin.On;
import dev.owlery.api.plugin.Plugin;
import dev.owlery.api.plugin.Store;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Stream;
import org.incendo.cloud.annotation.specifier.Greedy;
import org.incendo.cloud.annotations.Argument;
import org.incendo.cloud.annotations.Command;
import org.incendo.cloud.annotations.Permission;

/** Does a little of everything, so that the test kit can be tested. */
final class ParrotPlugin implements Plugin {

  private final Bot bot;
  private final Store store;

  @Inject
  ParrotPlugin(Bot bot, Store store) {
    this.bot = bot;
    this.store = store;
  }

  @Command("echo <message>")
  @Permission("view")
  public String echo(@Argument("message") @Greedy String message) {
    return message;
  }

  @Command("count")
  @Permission("view")
  public String count() {
    int next = store.get("count").map(Integer::parseInt).orElse(0) + 1;
    store.put("count", Integer.toString(next));
    return "number " + next;
  }

  @Command("secret")
  @Permission("deploy")
  public String secret() {
    return "the secret";
  }

  @Command("deploy <service>")
  @Permission("view")
  public Stream<String> deploy(CommandCall call, @Argument("service") String service) {
    String target = call.ask("Where to?", List.of("staging", "production"));
    return Stream.of("deploying " + service + " to " + target, "done");
  }

  @Command("fail")
  @Permission("view")
  public String fail() {
    throw new IllegalStateException("as planned");
  }

  @On
  public void greet(MemberJoined joined) {
    if (!joined.member().isSelf()) {
      bot.say(joined.where(), "Hi " + joined.member().displayName() + "!");
    }
  }

  @Every("5m")
  public void strike() {
    bot.say(bot.locate("here/#clock"), "five minutes");
  }
}
