package dev.owlery.testkit;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.command.CommandCall;
import dev.owlery.api.event.MemberJoined;
import dev.owlery.api.event.TransferEnded;
import dev.owlery.api.file.FileSource;
import dev.owlery.api.file.FileTransport;
import dev.owlery.api.file.OutgoingFile;
import dev.owlery.api.file.SendRequest;
import dev.owlery.api.file.Transfers;
import dev.owlery.api.plugin.Bot;
import dev.owlery.api.plugin.On;
import dev.owlery.api.plugin.Plugin;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.incendo.cloud.annotation.specifier.Greedy;
import org.incendo.cloud.annotations.Argument;
import org.incendo.cloud.annotations.Command;
import org.incendo.cloud.annotations.Permission;

/** The bot's side of the conversations in {@link AdapterContract}. */
final class ContractPlugin implements Plugin {

  private static final int FILE = 100_000;

  private final Bot bot;
  private final Transfers transfers;

  @Inject
  ContractPlugin(Bot bot, Transfers transfers) {
    this.bot = bot;
    this.transfers = transfers;
  }

  @Override
  public void start() {
    var _ = transfers.register(new PaperTransport());
  }

  @Command("send <name>")
  @Permission("view")
  String send(CommandCall call, @Argument("name") String name) throws IOException {
    String _ =
        transfers.send(
            new SendRequest(call.where(), name, call.caller().displayName()),
            Channels.newChannel(new ByteArrayInputStream(new byte[FILE])));
    return "sending " + name;
  }

  @On
  public void tell(TransferEnded ended) {
    var _ =
        bot.say(
            ended.where(),
            "sent " + ended.transfer().file().name() + ": " + ended.transfer().state());
  }

  /** Carries files where the network cannot, or not to this peer. */
  private static final class PaperTransport implements FileTransport {

    @Override
    public String name() {
      return "paper";
    }

    @Override
    public boolean canReach(Conversation to) {
      return true;
    }

    @Override
    public void send(OutgoingFile file, FileSource source) throws IOException {
      try (InputStream bytes = source.from(0)) {
        long _ = bytes.transferTo(OutputStream.nullOutputStream());
      }
    }
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
