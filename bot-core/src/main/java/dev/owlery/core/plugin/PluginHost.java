package dev.owlery.core.plugin;

import dev.owlery.api.plugin.Administration.NotLoaded;
import dev.owlery.api.plugin.Administration.PluginState;
import dev.owlery.core.permission.Audit;
import dev.owlery.core.schedule.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads, reloads and unloads plugins while the bot runs. Every method may be called from any
 * thread; one plugin is loaded or unloaded at a time.
 *
 * <p>A plugin is made in an injector of its own. One that comes from a jar has its own class
 * loader, which sees the bot's API, the JDK and its own contents, and is collected after the
 * unloading.
 */
public final class PluginHost implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(PluginHost.class);
  private static final Duration TURN = Duration.ofSeconds(60);

  private final Registrar registrar;
  private final Services services;
  private final Timers timers;
  private final PluginFolder folder;
  private final PluginFinder finder;
  private final NotLoadedPlugins notLoaded;
  private final ReentrantLock turn = new ReentrantLock(true);
  private volatile List<LoadedPlugin> loaded = List.of();
  private volatile SettingsSource source;

  /**
   * A host without plugins.
   *
   * @param settings where plugins are found
   * @param registrar takes their handlers and commands
   * @param services what their constructors may ask for
   * @param timers the bot's time
   */
  public PluginHost(
      PluginHostSettings settings, Registrar registrar, Services services, Timers timers) {
    this.source = settings.settings();
    this.registrar = registrar;
    this.services = services;
    this.timers = timers;
    this.folder = new PluginFolder(settings.pluginsDirectory(), settings.bundled().keySet());
    this.notLoaded = new NotLoadedPlugins(folder);
    this.finder =
        new PluginFinder(
            folder, settings.bundled(), settings.hashes(), PluginHost.class.getClassLoader());
  }

  /**
   * Loads a plugin: makes its object, starts it, then registers its handlers, commands and timers.
   * If any of it fails, nothing of it stays. The configuration is read again for it.
   *
   * @param name a bundled plugin's short name, the name of a class, or the id of a jar in the
   *     plugins' directory
   * @return what is loaded now
   * @throws IllegalArgumentException if it cannot be loaded; the text is fit for a user
   */
  public PluginState load(String name) {
    return load(name, true);
  }

  private PluginState load(String name, boolean rereads) {
    return inTurn(
        "load",
        name,
        () -> {
          if (rereads) {
            source = source.reread();
          }
          PluginCode code = notLoaded.find(finder, name);
          if (find(code.id()).isPresent()) {
            code.close();
            throw new IllegalArgumentException("it is loaded already");
          }
          LoadedPlugin plugin =
              notLoaded.named(
                  code,
                  () -> {
                    LoadedPlugin fresh = made(code);
                    begin(fresh);
                    return fresh;
                  });
          List<LoadedPlugin> now = new ArrayList<>(loaded);
          now.add(plugin);
          loaded = List.copyOf(now);
          log.info("plugin {} loaded", code);
          code.sha256().ifPresent(hash -> Audit.loaded(code.id(), code.source(), hash));
          return plugin.state();
        });
  }

  /**
   * Loads plugins in order, and says in the log which jars of the directory cannot be plugins. A
   * plugin that does not load is left out, wherever it comes from: why is in the log, with the
   * stack of its code, and in {@link #notLoaded}.
   *
   * @param names as for {@link #load}
   * @return why each plugin that was left out did not load; the texts are fit for a user
   * @throws IllegalArgumentException if nothing is known by a name, or a plugin is there twice: one
   *     line for each, fit for a user; nothing is loaded then
   */
  public List<IllegalArgumentException> loadAll(List<String> names) {
    List<String> faults = new ArrayList<>();
    List<IllegalArgumentException> leftOut = new ArrayList<>();
    for (String name : names) {
      try {
        load(name, false);
      } catch (IllegalArgumentException e) {
        if (notLoaded.isThere(name)) {
          leftOut.add(e);
        } else {
          faults.add(String.valueOf(e.getMessage()));
        }
      }
    }
    notLoaded.logUnfit();
    if (!faults.isEmpty()) {
      close();
      throw new IllegalArgumentException(String.join("\n", faults));
    }
    return leftOut;
  }

  /**
   * Which plugins are not loaded although they are there or were asked for, and why. Reads the
   * plugins' directory.
   *
   * @return the plugins that did not load when they last were to, then the jars that cannot be
   *     plugins; the reasons are fit for a user
   */
  public List<NotLoaded> notLoaded() {
    return notLoaded.all();
  }

  /**
   * Finds out which plugins would not load. To be asked of a host whose bot is never started: the
   * constructors of plugins that are named are run, their {@code start} is not, and of jars that
   * are not named nothing is run.
   *
   * @param names as for {@link #load}, in the order of their loading
   * @return a text for each that would not load, fit for a user, with the name of the jar
   */
  public List<String> inspect(List<String> names) {
    return new PluginInspector(finder, folder, registrar, services, source, timers.clock())
        .inspect(names);
  }

  /**
   * Unloads a plugin. Its commands, handlers and timers are gone when this returns; its {@code
   * stop} has had five seconds.
   *
   * @param id a loaded plugin
   * @throws IllegalArgumentException if no such plugin is loaded, or another requires it; the text
   *     is fit for a user
   */
  public void unload(String id) {
    inTurn(
        "unload",
        id,
        () -> {
          LoadedPlugin plugin = get(id);
          String needing =
              loaded.stream()
                  .filter(other -> other.code().requirements().needs(plugin.code().id()))
                  .map(other -> other.code().id())
                  .findFirst()
                  .orElse("");
          if (!needing.isEmpty()) {
            throw new IllegalArgumentException(needing + " requires it; unload that first");
          }
          discard(plugin, LoadedPlugin.STOP);
          return plugin.state();
        });
  }

  /**
   * Unloads a plugin and loads it again, from its jar if it came from one. The new one is found and
   * made before the old one ends; if it then does not start, the old one is made anew and started,
   * with the settings that it had. The configuration is read again for the new one.
   *
   * @param id a loaded plugin
   * @return what is loaded now
   * @throws IllegalArgumentException if it cannot be done; the text is fit for a user
   */
  public PluginState reload(String id) {
    return inTurn(
        "reload",
        id,
        () -> {
          LoadedPlugin before = get(id);
          PluginCode code = notLoaded.find(finder, before.code().name());
          SettingsSource sourceBefore = source;
          source = rereadFor(code);
          LoadedPlugin after = notLoaded.named(code, () -> made(code));
          before.end(LoadedPlugin.STOP);
          try {
            notLoaded.named(
                code,
                () -> {
                  begin(after);
                  return after;
                });
          } catch (RuntimeException | LinkageError e) {
            source = sourceBefore;
            bringBack(before, e);
            throw e;
          }
          replace(before, Optional.of(after));
          before.code().close();
          log.info("plugin {} reloaded", code);
          code.sha256().ifPresent(hash -> Audit.loaded(code.id(), code.source(), hash));
          return after.state();
        });
  }

  /**
   * Which plugins are loaded.
   *
   * @return in the order of loading
   */
  public List<PluginState> plugins() {
    return loaded.stream().map(LoadedPlugin::state).toList();
  }

  /**
   * Stops calling a plugin's handlers and timers, until it is resumed or reloaded. Its commands
   * stay declared: whoever runs them asks {@link #paused}.
   *
   * @param id a plugin; does nothing if it is not loaded
   */
  public void pause(String id) {
    find(id).ifPresent(plugin -> plugin.pause(true));
  }

  /**
   * Calls a paused plugin again.
   *
   * @param id a plugin; does nothing if it is not loaded
   */
  public void resume(String id) {
    find(id).ifPresent(plugin -> plugin.pause(false));
  }

  /**
   * Whether a plugin is paused.
   *
   * @param id a plugin
   * @return false also if it is not loaded
   */
  public boolean paused(String id) {
    return find(id).map(LoadedPlugin::paused).orElse(false);
  }

  /** Unloads all plugins, the last first. They have five seconds to stop, all together. */
  @Override
  public void close() {
    inTurn(
        "unload",
        "all",
        () -> {
          long deadline = System.nanoTime() + LoadedPlugin.STOP.toNanos();
          for (LoadedPlugin plugin : loaded.reversed()) {
            discard(plugin, Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
          }
          return loaded;
        });
  }

  private LoadedPlugin made(PluginCode code) {
    boolean made = false;
    try {
      Map<String, String> versions = new LinkedHashMap<>();
      loaded.forEach(plugin -> versions.put(plugin.code().id(), plugin.code().version()));
      List<String> missing = code.requirements().missing(versions);
      if (!missing.isEmpty()) {
        throw new IllegalArgumentException(String.join("; ", missing));
      }
      LoadedPlugin plugin = LoadedPlugin.make(code, registrar, services, timers, source);
      made = true;
      return plugin;
    } finally {
      if (!made) {
        code.close();
      }
    }
  }

  private SettingsSource rereadFor(PluginCode code) {
    boolean read = false;
    try {
      SettingsSource now = source.reread();
      read = true;
      return now;
    } finally {
      if (!read) {
        code.close();
      }
    }
  }

  private static void begin(LoadedPlugin plugin) {
    boolean begun = false;
    try {
      plugin.begin();
      begun = true;
    } finally {
      if (!begun) {
        plugin.code().close();
      }
    }
  }

  private void bringBack(LoadedPlugin before, Throwable why) {
    log.warn("plugin {} stays as it was: {}", before.code().id(), why.toString());
    try {
      LoadedPlugin again = LoadedPlugin.make(before.code(), registrar, services, timers, source);
      begin(again);
      replace(before, Optional.of(again));
    } catch (RuntimeException | LinkageError e) {
      replace(before, Optional.empty());
      before.code().close();
      why.addSuppressed(e);
      log.error("plugin {} is gone: it could not be started again", before.code().id(), e);
    }
  }

  private void discard(LoadedPlugin plugin, Duration patience) {
    plugin.end(patience);
    replace(plugin, Optional.empty());
    plugin.code().close();
    log.info("plugin {} unloaded", plugin.code().id());
  }

  private void replace(LoadedPlugin before, Optional<LoadedPlugin> after) {
    List<LoadedPlugin> now = new ArrayList<>(loaded);
    int place = now.indexOf(before);
    after.ifPresentOrElse(plugin -> now.set(place, plugin), () -> now.remove(place));
    loaded = List.copyOf(now);
  }

  private Optional<LoadedPlugin> find(String id) {
    return loaded.stream()
        .filter(plugin -> plugin.code().id().equals(id) || plugin.code().name().equals(id))
        .findFirst();
  }

  private LoadedPlugin get(String id) {
    return find(id).orElseThrow(() -> new IllegalArgumentException("it is not loaded"));
  }

  /** The boundary to what may be wrong with a plugin: whatever it is becomes a text for users. */
  private <T> T inTurn(String doing, String name, Supplier<T> work) {
    if (!hasTurn()) {
      throw new IllegalArgumentException("another plugin is being loaded or unloaded; try again");
    }
    try {
      return work.get();
    } catch (RuntimeException | LinkageError e) {
      throw NotLoadedPlugins.refused(doing, name, e);
    } finally {
      turn.unlock();
    }
  }

  private boolean hasTurn() {
    try {
      return turn.tryLock(TURN.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
