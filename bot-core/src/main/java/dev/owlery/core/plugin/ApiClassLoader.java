package dev.owlery.core.plugin;

import java.util.List;

/**
 * What the code of plugins from jars is linked against: the JDK, the bot's API and the few
 * libraries that it speaks in. A name of the engine, of an adapter or of another plugin is not
 * found by it. Has no resources beside the JDK's.
 *
 * <p>That keeps plugins apart, so that they can be unloaded and do not depend on our inside by
 * mistake. It is no protection from a plugin that means harm: code in this process can reach all of
 * it by reflection, for example by the loader of a class of the API, and do all that the bot's user
 * may do. Who may write jars, and which ones, is what {@code plugin-hashes} and {@link
 * PluginFolder#checkFile} are for.
 */
final class ApiClassLoader extends ClassLoader {

  private static final List<String> OPEN =
      List.of(
          "dev.owlery.api.",
          "jakarta.inject.",
          "org.slf4j.",
          "org.jspecify.",
          "org.incendo.cloud.",
          "io.leangen.geantyref."); // cloud's own signatures mention it

  static {
    registerAsParallelCapable();
  }

  private final ClassLoader application;

  ApiClassLoader(ClassLoader application) {
    super("owlery-api", getPlatformClassLoader());
    this.application = application;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (OPEN.stream().anyMatch(name::startsWith)) {
      return application.loadClass(name);
    }
    throw new ClassNotFoundException(name + " (plugins see the bot's API, not its inside)");
  }
}
