package dev.owlery.adapter.xmpp;

import dev.owlery.adapter.xmpp.link.XmppSettings;
import dev.owlery.api.chat.AccountId;
import dev.owlery.api.procedure.ProcedureException;
import dev.owlery.api.procedure.ProcedureRequest;
import dev.owlery.api.procedure.Value;
import dev.owlery.core.permission.PermissionSettings;
import dev.owlery.core.procedure.ProcedureSettings;
import dev.owlery.core.procedure.ProcedureSettings.Rule;
import dev.owlery.testkit.LiveBot;
import dev.owlery.testkit.xmpp.Prosody;
import dev.owlery.testkit.xmpp.XmppServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Whole bots on a real server, with the settings of {@link TestAccount}. */
public final class Bots {

  private Bots() {}

  /** The account that a server lets do more than others, which is made. */
  static LiveBot on(XmppServer server, AccountId account, LiveBot.BotParts equipment) {
    return on(server, account, equipment, Map.of());
  }

  /** With topics on nodes. */
  static LiveBot on(
      XmppServer server,
      AccountId account,
      LiveBot.BotParts equipment,
      Map<String, String> topics) {
    server.register(Prosody.BOT, TestAccount.PASSWORD);
    return again(server, account, equipment, topics);
  }

  /** With an account that is there. */
  static LiveBot again(
      XmppServer server,
      AccountId account,
      LiveBot.BotParts equipment,
      Map<String, String> topics) {
    XmppSettings settings =
        new TestAccount.With(server)
            .jid(Prosody.BOT + "@" + server.domain())
            .rooms()
            .topics(topics)
            .settings();
    return LiveBot.start(account, new XmppAdapterProvider(), settings, equipment);
  }

  /** The full address of the bot. */
  static String address(XmppServer server) {
    return Prosody.BOT + "@" + server.domain() + "/owlery";
  }

  /** A bot with the {@link SamplesPlugin}, whose procedures others may call by the rules. */
  public static LiveBot serving(XmppSettings settings, Duration patience, Rule... allow) {
    return LiveBot.start(
        TestAccount.ID,
        new XmppAdapterProvider(),
        settings,
        new LiveBot.BotParts(
            Map.of("samples", SamplesPlugin.class),
            PermissionSettings.withoutBlock(List.of()),
            new ProcedureSettings(List.of(allow), patience, 32, 8),
            Optional.empty()));
  }

  public static Rule allow(String from, String methods) {
    return new Rule(TestAccount.ID, from, methods);
  }

  /** Calls somebody else's procedure and waits for the answer. */
  public static Value call(
      LiveBot caller, String peer, Duration patience, String method, Value... arguments) {
    try {
      return caller
          .adapter()
          .call(new ProcedureRequest(peer, method, List.of(arguments), patience))
          .toCompletableFuture()
          .get(15, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ProcedureException told) {
        throw told;
      }
      throw new AssertionError(e);
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }
}
