package dev.owlery.launcher.proof;

import dev.owlery.api.action.Say;
import dev.owlery.api.adapter.Adapter;
import dev.owlery.api.adapter.AdapterContext;
import dev.owlery.api.adapter.AdapterProvider;
import dev.owlery.api.adapter.Outgoing;
import dev.owlery.core.permission.PermissionSettings;
import dev.owlery.core.procedure.ProcedureSettings;
import dev.owlery.launcher.config.Configuration;
import dev.owlery.launcher.config.ConfigurationReader;
import dev.owlery.launcher.config.FaultyConfiguration;
import dev.owlery.plugins.echo.EchoPlugin;
import dev.owlery.plugins.greeter.GreeterPlugin;
import dev.owlery.plugins.help.HelpPlugin;
import dev.owlery.testkit.LiveBot;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicInteger;

/** Bots in this process that chat with everybody, and count what they say. */
final class LiveBots {

  /**
   * A bot with what it has said.
   *
   * @param bot the bot
   * @param said how many lines
   */
  record Counted(LiveBot bot, AtomicInteger said) implements AutoCloseable {
    @Override
    public void close() {
      bot.close();
    }
  }

  private LiveBots() {}

  /**
   * Starts a bot.
   *
   * @param folder where its configuration is written
   * @param name the account's name
   * @param block the account's block
   * @param commandsPerMinute 0 for no limit
   * @param greets whether it greets and answers to its name
   * @return the bot, online
   */
  static Counted start(
      Path folder, String name, String block, int commandsPerMinute, boolean greets)
      throws IOException, FaultyConfiguration {
    Path file =
        Files.writeString(
            folder.resolve(name + ".conf"),
            "accounts { %s { %s } }\nplugins = []\n".formatted(name, block));
    List<AdapterProvider> providers =
        ServiceLoader.load(AdapterProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    Configuration.AccountConfiguration account =
        new ConfigurationReader(providers, Map.of(), Map.of()).read(file).accounts().getFirst();
    AtomicInteger said = new AtomicInteger();
    Map<String, Class<? extends dev.owlery.api.plugin.Plugin>> plugins = new LinkedHashMap<>();
    plugins.put("echo", EchoPlugin.class);
    plugins.put("help", HelpPlugin.class);
    if (greets) {
      plugins.put("greeter", GreeterPlugin.class);
    }
    LiveBot.BotParts equipment =
        new LiveBot.BotParts(
            plugins,
            PermissionSettings.withoutBlock(List.of()),
            ProcedureSettings.standard(),
            Optional.empty(),
            commandsPerMinute);
    return new Counted(
        LiveBot.start(
            account.id(), new Counting(account.provider(), said), account.settings(), equipment),
        said);
  }

  /** Makes adapters that count what they are to say. */
  private record Counting(AdapterProvider provider, AtomicInteger said) implements AdapterProvider {
    @Override
    public String protocol() {
      return provider.protocol();
    }

    @Override
    public Class<? extends Record> settingsType() {
      return provider.settingsType();
    }

    @Override
    public Adapter create(Record settings, AdapterContext context) {
      Adapter adapter = provider.create(settings, context);
      return (Adapter)
          Proxy.newProxyInstance(
              LiveBots.class.getClassLoader(),
              new Class<?>[] {Adapter.class},
              (proxy, method, arguments) -> {
                boolean isSaid =
                    method.getName().equals("perform")
                        && ((Outgoing) arguments[0]).action() instanceof Say;
                if (isSaid) {
                  said.incrementAndGet();
                }
                try {
                  return method.invoke(adapter, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    }
  }
}
