package dev.owlery.testkit;

import dev.owlery.api.action.Edit;
import dev.owlery.api.action.Receipt;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.MessageId;
import dev.owlery.api.command.CommandCall;
import dev.owlery.api.content.Content;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.plugin.Administration;
import dev.owlery.api.plugin.Bot;
import dev.owlery.api.plugin.Handled;
import dev.owlery.api.plugin.On;
import dev.owlery.api.plugin.Plugin;
import dev.owlery.api.plugin.Store;
import jakarta.inject.Inject;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import org.incendo.cloud.annotations.Argument;
import org.incendo.cloud.annotations.Command;
import org.incendo.cloud.annotations.Permission;

/**
 * Does what plugins should not do, on demand. Latches are shared by name with the test that opens
 * them.
 */
final class TroublePlugin implements Plugin {

  static final ConcurrentMap<String, CountDownLatch> LATCHES = new ConcurrentHashMap<>();

  private final Bot bot;
  private final Store store;
  private final Administration administration;

  @Inject
  TroublePlugin(Bot bot, Store store, Administration administration) {
    this.bot = bot;
    this.store = store;
    this.administration = administration;
  }

  static CountDownLatch latch(String name) {
    return LATCHES.computeIfAbsent(name, n -> new CountDownLatch(1));
  }

  @On(priority = -5)
  public Handled first(MessagePosted message) {
    String text = message.text();
    if (text.startsWith("first")) {
      bot.say(message.where(), "first heard it");
    }
    return text.contains("stop") ? Handled.STOP : Handled.CONTINUE;
  }

  @On(priority = 5)
  public void second(MessagePosted message) throws InterruptedException {
    String text = message.text();
    if (text.startsWith("first")) {
      bot.say(message.where(), "second heard it");
    } else if (text.startsWith("throw")) {
      bot.say(message.where(), "never to be said");
      store.put("thrown", "yes");
      throw new IllegalStateException("as planned");
    } else if (text.startsWith("block ")) {
      latch(text).await();
      bot.say(message.where(), "late for " + text);
    }
  }

  @Command("wait <name>")
  @Permission("view")
  public String waitFor(@Argument("name") String name) throws InterruptedException {
    latch(name).await();
    return "waited for " + name;
  }

  @Command("name")
  @Permission("view")
  public String name(CommandCall call) {
    store.put("asked", "yes");
    call.reply("let me ask");
    return "hello " + call.ask("Who are you?");
  }

  @Command("thrown")
  @Permission("view")
  public String thrown() {
    return "stored: " + store.get("thrown").orElse("nothing");
  }

  @Command("leave")
  @Permission("view")
  public String leave() {
    long begun = System.nanoTime();
    administration.unload(administration.plugins().getFirst().id());
    return System.nanoTime() - begun < 4_000_000_000L ? "gone" : "gone after a long wait";
  }

  @Command("correct")
  @Permission("view")
  public void correct(CommandCall call) {
    Conversation where = call.where();
    bot.perform(new Edit(where, new MessageId("m1"), Content.of("better")));
  }

  @Command("receipt")
  @Permission("view")
  public void receipt(CommandCall call) {
    bot.say(call.where(), "original").thenAccept(receipt -> tell(call.where(), receipt));
  }

  private void tell(Conversation where, Receipt receipt) {
    bot.say(where, "it was " + receipt.getClass().getSimpleName());
  }
}
