package dev.owlery.core.plugin;

import dev.owlery.api.plugin.Plugin;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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
  private static final int MOST_UNFIT_SAID = 3;
  private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

  private final PluginFolder folder;
  private final Map<String, String> bundled;
  private final ClassLoader application;
  private final ClassLoader api;
  private final Map<String, String> hashes;
  private final AtomicLong lives = new AtomicLong();

  PluginFinder(
      PluginFolder folder,
      Map<String, String> bundled,
      Map<String, String> hashes,
      ClassLoader application) {
    this.hashes = hashes;
    this.folder = folder;
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
        Optional.empty(),
        Optional.empty());
  }

  private PluginCode fromJar(String id) {
    List<UnfitJarException> own = new ArrayList<>();
    Map<String, String> unfit = new TreeMap<>();
    Map<String, String> others = new TreeMap<>();
    for (Path file : likelyFirst(id)) {
      String fileName = String.valueOf(file.getFileName());
      try {
        PluginJar jar = read(file);
        if (jar.manifest().id().equals(id)) {
          return loaded(jar, fileName);
        }
        others.put(fileName, jar.manifest().id());
      } catch (UnfitJarException e) {
        if (new PluginFolder.Jar(file, e.id(), Optional.empty()).isOf(id)) {
          own.add(e.in(fileName));
        } else {
          unfit.put(fileName, String.valueOf(e.getMessage()));
        }
      }
    }
    if (!own.isEmpty()) {
      throw own.getFirst();
    }
    throw new IllegalArgumentException(unknown(id, others, unfit));
  }

  /**
   * Reads a jar and finds its class, of which nothing is run.
   *
   * @param file a jar
   * @return its code; to be closed
   * @throws UnfitJarException if it cannot be a plugin; the text is fit for a user
   */
  PluginCode fromJar(Path file) {
    return loaded(read(file), String.valueOf(file.getFileName()));
  }

  private static PluginJar read(Path file) {
    PluginFolder.checkFile(file);
    try {
      return PluginJar.read(file);
    } catch (UnfitJarException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new UnfitJarException(Optional.empty(), String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new UnfitJarException(Optional.empty(), PluginFolder.unreadable(e));
    }
  }

  private PluginCode loaded(PluginJar jar, String fileName) {
    PluginManifest manifest = jar.manifest();
    checkHash(jar);
    String label = "plugin-" + manifest.id() + "-" + lives.incrementAndGet();
    JarClassLoader loader = new JarClassLoader(label, jar.files(), api);
    Class<? extends Plugin> type = inJar(jar, loader);
    return new PluginCode(
        manifest.id(),
        manifest.version(),
        fileName,
        manifest.id(),
        type,
        manifest.requirements(),
        Optional.of(loader),
        Optional.of(jar.sha256()));
  }

  /** With hashes in the configuration, a jar that it does not name is not loaded either. */
  private void checkHash(PluginJar jar) {
    String id = jar.manifest().id();
    String wanted = hashes.get(id);
    if (wanted == null && !hashes.isEmpty()) {
      throw new UnfitJarException(
          Optional.of(id),
          "bot.plugin-hashes does not name it: if the jar is what it should be, write \"%s\" = %s there"
              .formatted(id, jar.sha256()));
    }
    if (wanted != null && !wanted.equalsIgnoreCase(jar.sha256())) {
      throw new UnfitJarException(
          Optional.of(id),
          "it is another file than bot.plugin-hashes says: its SHA-256 is %s, which is to be written there if the jar was changed on purpose"
              .formatted(jar.sha256()));
    }
  }

  private static Class<? extends Plugin> inJar(PluginJar jar, JarClassLoader loader) {
    PluginManifest manifest = jar.manifest();
    Optional<String> id = Optional.of(manifest.id());
    if (!jar.files().containsKey(manifest.className().replace('.', '/') + ".class")) {
      throw new UnfitJarException(
          id,
          "%s: Plugin-Class names %s, and there is no such class in it%s"
              .formatted(manifest.classLine(), manifest.className(), classes(jar)));
    }
    try {
      return plugin(manifest.className(), loader);
    } catch (LinkageError e) {
      throw new UnfitJarException(id, FaultText.of(e));
    } catch (IllegalArgumentException e) {
      throw new UnfitJarException(id, manifest.classLine() + ": " + e.getMessage());
    }
  }

  /** Some classes that may have been meant. */
  private static String classes(PluginJar jar) {
    String some =
        jar.files().keySet().stream()
            .filter(name -> name.endsWith(".class") && !name.contains("$"))
            .filter(name -> !name.startsWith("META-INF/"))
            .sorted()
            .limit(3)
            .map(name -> name.substring(0, name.length() - 6).replace('/', '.'))
            .collect(Collectors.joining(", "));
    return some.isEmpty() ? "; it has no classes at all" : "; there is " + some;
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
          "the class "
              + className
              + (Plugin.class.isAssignableFrom(type)
                  ? " is abstract: name one that can be made"
                  : " does not implement " + Plugin.class.getName()));
    }
    return type.asSubclass(Plugin.class);
  }

  /** All jars, those first whose names begin like the plugin wanted. */
  private List<Path> likelyFirst(String id) {
    List<Path> files = folder.files();
    files.sort(Comparator.comparing(file -> !String.valueOf(file.getFileName()).startsWith(id)));
    return files;
  }

  private String unknown(String id, Map<String, String> others, Map<String, String> unfit) {
    StringBuilder text = new StringBuilder("there is no such plugin");
    others.forEach((file, other) -> {
      if (PluginFolder.isNamedLike(id, file)) {
        text.append("; ").append(file).append(" is the plugin ").append(other);
      }
    });
    if (!bundled.isEmpty()) {
      text.append("; bundled are ");
      text.append(String.join(", ", bundled.keySet().stream().sorted().toList()));
    }
    if (!others.isEmpty()) {
      text.append("; jars are there for ");
      text.append(String.join(", ", new TreeSet<>(others.values())));
    }
    unfit.entrySet().stream()
        .limit(MOST_UNFIT_SAID)
        .forEach(one ->
            text.append("; ").append(one.getKey()).append(" is unfit: ").append(one.getValue()));
    if (unfit.size() > MOST_UNFIT_SAID) {
      text.append("; so are ").append(unfit.size() - MOST_UNFIT_SAID).append(" more");
    }
    return text.toString();
  }
}
