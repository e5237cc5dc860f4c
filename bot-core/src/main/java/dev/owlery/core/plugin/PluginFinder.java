package dev.owlery.core.plugin;

import dev.owlery.api.plugin.Plugin;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * From what a user calls a plugin to its code: the short name of a bundled one, the name of a class
 * on the application's class path, or the id of a jar in the plugins' directory.
 */
final class PluginFinder {

  private static final Pattern CLASS_NAME =
      Pattern.compile(
          "\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*"
              + "(\\.\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*)+");
  private static final Pattern SUFFIX = Pattern.compile("(?<=.)Plugin$");
  private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

  private final Path directory;
  private final Map<String, String> bundled;
  private final ClassLoader application;
  private final ClassLoader api;
  private final AtomicLong lives = new AtomicLong();

  PluginFinder(Path directory, Map<String, String> bundled, ClassLoader application) {
    this.directory = directory;
    this.bundled = bundled;
    this.application = application;
    this.api = new ApiClassLoader(application);
  }

  /**
   * Finds a plugin's code. A jar is read anew each time.
   *
   * @param name what the user calls it
   * @return its code, checked as far as it can be without running it
   * @throws IllegalArgumentException if there is none or it is not sound; the text is fit for a
   *     user
   */
  PluginCode find(String name) {
    String className = bundled.get(name);
    if (className != null) {
      return fromClassPath(name, name, "bundled", className);
    }
    if (CLASS_NAME.matcher(name).matches()) {
      String simple = name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
      String bare = SUFFIX.matcher(simple).replaceFirst("");
      String id = HUMP.matcher(bare).replaceAll("-").toLowerCase(Locale.ROOT);
      return fromClassPath(name, id, "class", name);
    }
    return fromJar(name);
  }

  private PluginCode fromClassPath(String name, String id, String source, String className) {
    Class<? extends Plugin> type = plugin(className, application);
    String version = type.getPackage().getImplementationVersion();
    return new PluginCode(
        id,
        version == null ? "" : version,
        source,
        name,
        type,
        Requirements.NONE,
        Optional.empty());
  }

  private PluginCode fromJar(String id) {
    Map<String, String> unfit = new TreeMap<>();
    List<String> others = new ArrayList<>();
    for (Path file : jars(id)) {
      String fileName = file.getFileName().toString();
      try {
        if (anybodyWrites(file)) {
          throw new IllegalArgumentException("anybody may write to it");
        }
        PluginJar jar = PluginJar.read(file);
        if (jar.id().equals(id)) {
          return loaded(jar, fileName);
        }
        others.add(jar.id());
      } catch (IOException | IllegalArgumentException e) {
        unfit.put(fileName, String.valueOf(e.getMessage()));
      }
    }
    throw new IllegalArgumentException(unknown(others, unfit));
  }

  private PluginCode loaded(PluginJar jar, String fileName) {
    String label = "plugin-" + jar.id() + "-" + lives.incrementAndGet();
    JarClassLoader loader = new JarClassLoader(label, jar.files(), api);
    Class<? extends Plugin> type = plugin(jar.className(), loader);
    return new PluginCode(
        jar.id(), jar.version(), fileName, jar.id(), type, jar.requirements(), Optional.of(loader));
  }

  private static Class<? extends Plugin> plugin(String className, ClassLoader loader) {
    Class<?> type;
    try {
      type = Class.forName(className, false, loader);
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException("there is no class " + className, e);
    }
    if (!Plugin.class.isAssignableFrom(type) || Modifier.isAbstract(type.getModifiers())) {
      throw new IllegalArgumentException(
          "the class " + className + " does not implement " + Plugin.class.getName());
    }
    return type.asSubclass(Plugin.class);
  }

  /** All jars, those first whose names begin like the plugin wanted. */
  private List<Path> jars(String id) {
    List<Path> likely = new ArrayList<>();
    List<Path> rest = new ArrayList<>();
    if (!Files.isDirectory(directory)) {
      return likely;
    }
    if (anybodyWrites(directory)) {
      throw new IllegalArgumentException("anybody may write to the plugins' directory");
    }
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(directory, "*.jar")) {
      jars.forEach(jar -> (jar.getFileName().toString().startsWith(id) ? likely : rest).add(jar));
    } catch (IOException e) {
      throw new IllegalArgumentException("the plugins' directory cannot be read: " + e, e);
    }
    likely.sort(null);
    rest.sort(null);
    likely.addAll(rest);
    return likely;
  }

  /** A jar is code that runs with the bot's rights: who may write it may do what the bot may. */
  private static boolean anybodyWrites(Path path) {
    try {
      return Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_WRITE);
    } catch (UnsupportedOperationException e) {
      return false; // a file system without such rights
    } catch (IOException e) {
      throw new IllegalArgumentException("its rights cannot be read: " + e, e);
    }
  }

  private String unknown(List<String> others, Map<String, String> unfit) {
    StringBuilder text = new StringBuilder("there is no such plugin");
    if (!bundled.isEmpty()) {
      text.append("; bundled are ");
      text.append(String.join(", ", bundled.keySet().stream().sorted().toList()));
    }
    if (!others.isEmpty()) {
      text.append("; jars are there for ").append(String.join(", ", others));
    }
    unfit.forEach((file, why) -> text.append("; ").append(file).append(" is unfit: ").append(why));
    return text.toString();
  }
}
