package dev.owlery.core.plugin;

import dev.owlery.core.rights.FileRights;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The directory that plugin jars lie in, and what their manifests say. No class is loaded. For any
 * thread; reads the directory anew at each call.
 */
public final class PluginFolder {

  private static final int LONGEST_MANIFEST = 1 << 20;

  private final Path directory;
  private final Set<String> bundled;

  /**
   * A directory of jars.
   *
   * @param directory need not exist
   * @param bundled the names of bundled plugins, which no jar can have
   */
  public PluginFolder(Path directory, Set<String> bundled) {
    this.directory = directory;
    this.bundled = Set.copyOf(bundled);
  }

  /**
   * A jar, as far as its manifest tells.
   *
   * @param file the jar
   * @param id its {@code Plugin-Id}; empty if it has none that can be read
   * @param problem why it cannot be a plugin and what to do, fit for a user; empty if its manifest
   *     is sound
   */
  public record Jar(Path file, Optional<String> id, Optional<String> problem) {

    /**
     * The file's name, without its directory.
     *
     * @return for example {@code karma-1.0.jar}
     */
    public String name() {
      return String.valueOf(file.getFileName());
    }

    /**
     * Whether it is the jar of a plugin: by its id, or by its file's name if it has none.
     *
     * @param plugin a plugin's id
     * @return also true if it cannot be loaded
     */
    public boolean isOf(String plugin) {
      return id.map(plugin::equals).orElseGet(() -> isNamedLike(plugin, name()));
    }
  }

  /**
   * Looks at all jars.
   *
   * @return in the order of their names; empty if there is no such directory
   * @throws IllegalArgumentException if the directory cannot be used; the text is fit for a user
   */
  public List<Jar> jars() {
    List<Jar> jars = new ArrayList<>();
    Map<String, String> owners = new HashMap<>();
    for (Path file : files()) {
      Jar jar = jar(file);
      jars.add(jar.problem().isPresent() ? jar : new Jar(file, jar.id(), taken(jar, owners)));
    }
    return jars;
  }

  /** What to say if a jar's id is that of another plugin. */
  private Optional<String> taken(Jar jar, Map<String, String> owners) {
    String id = jar.id().orElse("");
    if (bundled.contains(id)) {
      return Optional.of(
          "its Plugin-Id is the name of the bundled plugin "
              + id
              + ", which is used: give it another one");
    }
    return Optional.ofNullable(owners.putIfAbsent(id, jar.name()))
        .map(owner ->
            "it has the same Plugin-Id as " + owner + ", which is used: remove one of the two");
  }

  /** The files that may be plugins, by name. */
  List<Path> files() {
    List<Path> files = new ArrayList<>();
    if (!Files.isDirectory(directory)) {
      return files;
    }
    changeable(directory)
        .ifPresent(how -> {
          throw new IllegalArgumentException("the plugins' directory is not used: " + how);
        });
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(directory, "*.jar")) {
      jars.forEach(files::add);
    } catch (IOException e) {
      throw new IllegalArgumentException("the plugins' directory cannot be read: " + e, e);
    }
    files.sort(null);
    return files;
  }

  /** Whether a file's name is that of a plugin, for example {@code karma-1.0.jar}. */
  static boolean isNamedLike(String plugin, String file) {
    return file.startsWith(plugin)
        && file.length() > plugin.length()
        && "-_.".indexOf(file.charAt(plugin.length())) >= 0;
  }

  /**
   * Refuses what is no file that can be read, and what strangers could have changed: a jar is code
   * that runs with the bot's rights, so everybody who may write to it may do what the bot may.
   *
   * @throws UnfitJarException if it is not to be read; the text is fit for a user
   */
  static void checkFile(Path file) {
    String problem = "";
    if (!Files.exists(file)) {
      problem = "it is a link to a file that is not there: mend or remove it";
    } else if (Files.isDirectory(file)) {
      problem = "it is a directory: put the jar itself here";
    } else if (!Files.isReadable(file)) {
      problem = "the bot's user may not read it: chmod +r " + file.getFileName();
    }
    if (!problem.isEmpty()) {
      throw new UnfitJarException(Optional.empty(), problem);
    }
    changeable(file)
        .ifPresent(how -> {
          throw new UnfitJarException(Optional.empty(), how);
        });
  }

  private static Jar jar(Path file) {
    try {
      checkFile(file);
      return new Jar(
          file, Optional.of(PluginManifest.parse(manifest(file)).id()), Optional.empty());
    } catch (UnfitJarException e) {
      return new Jar(file, e.id(), Optional.of(String.valueOf(e.getMessage())));
    } catch (IOException e) {
      return new Jar(file, Optional.empty(), Optional.of(unreadable(e)));
    }
  }

  private static byte[] manifest(Path file) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      ZipEntry entry = zip.getEntry(PluginManifest.PATH);
      if (entry == null) {
        throw withoutManifest();
      }
      try (InputStream in = zip.getInputStream(entry)) {
        return in.readNBytes(LONGEST_MANIFEST);
      }
    }
  }

  static UnfitJarException withoutManifest() {
    return new UnfitJarException(
        Optional.empty(), "it has no " + PluginManifest.PATH + ": build it as a plugin's jar");
  }

  /** What to say of a file that cannot be read. */
  static String unreadable(IOException e) {
    return e instanceof ZipException || e instanceof EOFException
        ? "it is no jar, or only a part of one: copy or build it again (" + e.getMessage() + ")"
        : "it cannot be read: " + e;
  }

  private static Optional<String> changeable(Path path) {
    try {
      return FileRights.changeableByOthers(path);
    } catch (IOException e) {
      throw new UnfitJarException(Optional.empty(), "its rights cannot be read: " + e);
    }
  }
}
