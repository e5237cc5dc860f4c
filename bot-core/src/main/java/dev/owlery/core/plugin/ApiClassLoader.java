package dev.owlery.core.plugin;

import java.util.List;

/**
 * What plugins from jars see of the application: the JDK, the bot's API and the few libraries that
 * it speaks in. Neither the engine nor other plugins. Has no resources beside the JDK's.
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
