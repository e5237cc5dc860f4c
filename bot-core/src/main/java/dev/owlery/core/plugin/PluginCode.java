package dev.owlery.core.plugin;

import dev.owlery.api.plugin.Plugin;
import java.util.Optional;

/**
 * The code of a plugin, found and checked but not yet run.
 *
 * @param id its name in configuration, store and log
 * @param version as it says itself; empty if it says none
 * @param source {@code bundled}, {@code class} or the jar's file name
 * @param name what it was found by; finds it again for a reload
 * @param type its class, not yet initialised
 * @param requirements what must be there for it
 * @param ownLoader the class loader that ends with it; none if it is on the application's class
 *     path
 * @param sha256 the hash of its jar; none if it is on the application's class path
 */
record PluginCode(
    String id,
    String version,
    String source,
    String name,
    Class<? extends Plugin> type,
    Requirements requirements,
    Optional<JarClassLoader> ownLoader,
    Optional<String> sha256)
    implements AutoCloseable {

  /** Gives up the classes that belong to the plugin alone. */
  @Override
  public void close() {
    ownLoader.ifPresent(JarClassLoader::close);
  }

  @Override
  public String toString() {
    return id + (version.isEmpty() ? "" : " " + version) + " (" + source + ")";
  }
}
