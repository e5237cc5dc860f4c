package dev.owlery.core.plugin;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Pattern;

/**
 * The manifest of a plugin's jar, checked. Immutable.
 *
 * @param id {@code Plugin-Id}
 * @param version {@code Plugin-Version}; empty if it has none
 * @param className {@code Plugin-Class}
 * @param classLine where {@code Plugin-Class} stands, for messages
 * @param requirements {@code Plugin-Requires}
 * @param multiRelease whether classes for newer Java versions override the others
 */
record PluginManifest(
    String id,
    String version,
    String className,
    String classLine,
    Requirements requirements,
    boolean multiRelease) {

  /** Where it lies in the jar. */
  static final String PATH = "META-INF/MANIFEST.MF";

  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,63}");
  private static final Pattern VERSION = Pattern.compile("[0-9][0-9A-Za-z.+-]{0,63}");
  private static final Pattern CLASS =
      Pattern.compile("\\p{javaJavaIdentifierStart}[\\p{javaJavaIdentifierPart}.]{0,255}");

  /**
   * Reads a manifest.
   *
   * @param bytes the file
   * @return the attributes that make the jar a plugin
   * @throws UnfitJarException if one is missing or wrong; the text names the line and what to write
   */
  static PluginManifest parse(byte[] bytes) {
    ManifestReader reader = new ManifestReader(bytes);
    String id =
        reader.required("Plugin-Id", ID, "small letters, digits and -, like \"Plugin-Id: karma\"");
    reader.id = Optional.of(id);
    return new PluginManifest(
        id,
        reader
            .optional("Plugin-Version", VERSION, "a number first, like \"Plugin-Version: 1.0.0\"")
            .orElse(""),
        reader.required(
            "Plugin-Class",
            CLASS,
            "the full name of the class that implements Plugin, like \"Plugin-Class:"
                + " org.example.Karma\""),
        reader.lines.place("Plugin-Class"),
        reader.requirements(),
        "true".equalsIgnoreCase(reader.attributes.getValue("Multi-Release")));
  }

  /** Knows where in the file an attribute stands. */
  private static final class ManifestReader {

    private final Attributes attributes;
    private final ManifestLines lines;
    private Optional<String> id = Optional.empty();

    private ManifestReader(byte[] bytes) {
      lines = ManifestLines.of(bytes);
      lines
          .problem()
          .ifPresent(problem -> {
            throw new UnfitJarException(id, problem);
          });
      try {
        attributes = new Manifest(new ByteArrayInputStream(bytes)).getMainAttributes();
      } catch (IOException e) {
        throw new UnfitJarException(id, PATH + " cannot be read: " + e.getMessage());
      }
    }

    private String required(String name, Pattern form, String write) {
      return optional(name, form, write)
          .orElseThrow(
              () -> new UnfitJarException(id, PATH + " has no " + name + ": write " + write));
    }

    private Optional<String> optional(String name, Pattern form, String write) {
      Optional<String> value = Optional.ofNullable(attributes.getValue(name)).map(String::strip);
      if (value.isPresent() && !form.matcher(value.get()).matches()) {
        throw new UnfitJarException(
            id,
            lines.place(name) + ": " + name + " cannot be \"" + value.get() + "\": write " + write);
      }
      return value;
    }

    private Requirements requirements() {
      String value = attributes.getValue("Plugin-Requires");
      try {
        return value == null ? Requirements.NONE : Requirements.parse(value);
      } catch (IllegalArgumentException e) {
        throw new UnfitJarException(id, lines.place("Plugin-Requires") + ": " + e.getMessage());
      }
    }
  }
}
