package dev.owlery.core.plugin;

import com.google.inject.Binder;
import com.google.inject.ConfigurationException;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.ProvisionException;
import com.google.inject.spi.Dependency;
import com.google.inject.spi.InjectionPoint;
import com.google.inject.spi.Message;
import dev.owlery.api.command.Commands;
import dev.owlery.api.file.Transfers;
import dev.owlery.api.http.Http;
import dev.owlery.api.plugin.Administration;
import dev.owlery.api.plugin.Bot;
import dev.owlery.api.plugin.Plugin;
import dev.owlery.api.plugin.Scheduler;
import dev.owlery.api.plugin.Store;
import dev.owlery.api.procedure.Procedures;
import dev.owlery.api.settings.Settings;
import dev.owlery.api.topic.Topics;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the objects of one plugin, in an injector of its own: nothing of a plugin stays behind in
 * an injector that others use.
 */
final class PluginObjects {

  /** What a plugin's constructor may ask for, beside its settings. */
  static final Set<Class<?>> OFFERED =
      Set.of(
          Administration.class,
          Bot.class,
          Clock.class,
          Commands.class,
          Http.class,
          Logger.class,
          Procedures.class,
          Scheduler.class,
          Store.class,
          Topics.class,
          Transfers.class);

  static {
    // Guice's other ways to define classes warn on JDK 25; it reads these once, when it is loaded.
    setUnlessGiven("guice_custom_class_loading", "CHILD");
    // A plugin's constructor runs once: reflection is cheaper than generated code.
    setUnlessGiven("guice_bytecode_gen_option", "DISABLED");
  }

  private PluginObjects() {}

  /**
   * Makes a plugin.
   *
   * @param code its class
   * @param services what the engine offers
   * @param scheduler the plugin's own
   * @param http the plugin's own
   * @param transfers the plugin's own
   * @param clock the bot's time
   * @param settings fills its settings records
   * @return the plugin; its constructor has run, nothing else
   * @throws IllegalArgumentException if it cannot be made; the text is fit for a user
   */
  static Plugin make(
      PluginCode code,
      Services services,
      Scheduler scheduler,
      Http http,
      Transfers transfers,
      Clock clock,
      SettingsSource settings) {
    PluginConstructor.problem(code.type(), OFFERED)
        .ifPresent(problem -> {
          throw new IllegalArgumentException(problem);
        });
    try {
      Map<Class<? extends Record>, Record> records = settings(code, settings);
      Module module =
          binder -> {
            binder.bind(Bot.class).toInstance(services.bot(code.id()));
            binder.bind(Store.class).toInstance(services.store(code.id()));
            binder.bind(Commands.class).toInstance(services.commands());
            binder.bind(Procedures.class).toInstance(services.procedures());
            binder.bind(Administration.class).toInstance(services.administration());
            binder.bind(Scheduler.class).toInstance(scheduler);
            binder.bind(Topics.class).toInstance(services.topics());
            binder.bind(Http.class).toInstance(http);
            binder.bind(Transfers.class).toInstance(transfers);
            binder.bind(Clock.class).toInstance(clock);
            binder.bind(Logger.class).toInstance(LoggerFactory.getLogger("plugin." + code.id()));
            records.forEach((type, record) -> bind(binder, type, record));
          };
      Injector injector = Guice.createInjector(module);
      return injector.getInstance(code.type());
    } catch (CreationException e) {
      throw unmade(code, e.getErrorMessages(), e);
    } catch (ConfigurationException e) {
      throw unmade(code, e.getErrorMessages(), e);
    } catch (ProvisionException e) {
      throw unmade(code, e.getErrorMessages(), e);
    }
  }

  private static <R extends Record> void bind(Binder binder, Class<R> type, Record record) {
    binder.bind(type).toInstance(type.cast(record));
  }

  private static Map<Class<? extends Record>, Record> settings(
      PluginCode code, SettingsSource source) {
    Map<Class<? extends Record>, Record> records = new LinkedHashMap<>();
    for (Dependency<?> need : InjectionPoint.forConstructorOf(code.type()).getDependencies()) {
      Class<?> type = need.getKey().getTypeLiteral().getRawType();
      if (type.isAnnotationPresent(Settings.class) && type.isRecord()) {
        Class<? extends Record> record = type.asSubclass(Record.class);
        records.computeIfAbsent(record, wanted -> source.read(code.id(), wanted));
      }
    }
    return records;
  }

  /**
   * What the constructor itself has thrown becomes the cause: its lines are what an author needs.
   */
  private static IllegalArgumentException unmade(
      PluginCode code, Collection<Message> messages, Exception cause) {
    String text =
        messages.stream()
            .map(message -> line(code, message))
            .distinct()
            .collect(Collectors.joining("; "));
    Throwable thrown =
        messages.stream().map(Message::getCause).filter(Objects::nonNull).findFirst().orElse(cause);
    return new IllegalArgumentException(text, thrown);
  }

  private static String line(PluginCode code, Message message) {
    Throwable cause = message.getCause();
    return cause == null
        ? message.getMessage().lines().findFirst().orElse("its constructor failed")
        : FaultText.of("its constructor failed", cause, code);
  }

  private static void setUnlessGiven(String key, String value) {
    if (System.getProperty(key) == null) {
      System.setProperty(key, value);
    }
  }
}
