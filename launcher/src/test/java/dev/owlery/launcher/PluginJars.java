package dev.owlery.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Builds small plugins into jars, as their authors do.
 *
 * @param folder where sources, classes and jars are written
 */
record PluginJars(Path folder) {

  /**
   * Writes {@code ID.jar}.
   *
   * @param id names the jar
   * @param type the class's simple name
   * @param body of the class
   * @param manifest its lines
   */
  void write(String id, String type, String body, String... manifest) throws IOException {
    Path classes =
        compile(
            type,
            // The body is on the sixth line.
            """
            package acme;
            import dev.owlery.api.plugin.*;
            import jakarta.inject.Inject;
            import org.incendo.cloud.annotations.*;
            public final class %s implements Plugin {
            %s
            }
            """
                .formatted(type, body));
    String lines = "Manifest-Version: 1.0\n" + String.join("\n", manifest) + "\n";
    Files.createDirectories(folder.resolve("plugins.d"));
    try (JarOutputStream jar =
        new JarOutputStream(
            Files.newOutputStream(folder.resolve("plugins.d").resolve(id + ".jar")),
            new Manifest(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8))))) {
      jar.putNextEntry(new ZipEntry("acme/" + type + ".class"));
      jar.write(Files.readAllBytes(classes.resolve("acme").resolve(type + ".class")));
    }
  }

  /** The lines that make a jar a plugin. */
  static String[] manifest(String id, String type) {
    return new String[] {"Plugin-Id: " + id, "Plugin-Class: acme." + type};
  }

  private Path compile(String type, String source) throws IOException {
    Path file = Files.writeString(folder.resolve(type + ".java"), source);
    Path classes = Files.createDirectories(folder.resolve("classes"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  messages,
                  files,
                  null,
                  List.of("-proc:none", "-cp", path, "-d", classes.toString()),
                  null,
                  files.getJavaFileObjects(file))
              .call();
      assertThat(compiled).as(messages.toString()).isTrue();
    }
    return classes;
  }
}
