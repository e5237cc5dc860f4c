package dev.owlery.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles a plugin and writes its jar, in memory as far as possible. */
final class JarWriter {

  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private final Map<String, String> manifest = new LinkedHashMap<>();

  static JarWriter plugin(String id, String className) {
    return new JarWriter()
        .manifest("Plugin-Id", id)
        .manifest("Plugin-Version", "1.0.0")
        .manifest("Plugin-Class", className);
  }

  JarWriter manifest(String key, String value) {
    manifest.put(key, value);
    return this;
  }

  /** Writes a manifest as it is. */
  JarWriter rawManifest(String text) {
    manifest.clear();
    return file("META-INF/MANIFEST.MF", text);
  }

  JarWriter without(String key) {
    manifest.remove(key);
    return this;
  }

  JarWriter file(String name, String content) {
    files.put(name, content.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** Compiles one source file against the class path of the test. */
  JarWriter source(String className, String source) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Map<String, ByteArrayOutputStream> classes = new LinkedHashMap<>();
    StringWriter messages = new StringWriter();
    try (JavaFileManager manager =
        new ToMemory(compiler.getStandardFileManager(null, null, null), classes)) {
      boolean compiled =
          compiler
              .getTask(
                  messages,
                  manager,
                  null,
                  List.of("-proc:none", "-cp", System.getProperty("java.class.path")),
                  null,
                  List.of(new Source(className, source)))
              .call();
      assertThat(compiled).as(messages.toString()).isTrue();
    }
    classes.forEach(
        (name, code) -> files.put(name.replace('.', '/') + ".class", code.toByteArray()));
    return this;
  }

  /** Takes a class out, as a jar that was put together badly. */
  JarWriter remove(String file) {
    files.remove(file);
    return this;
  }

  /** Changes a byte of a file in the jar. */
  JarWriter patch(String file, int at, byte value) {
    byte[] content = files.get(file).clone();
    content[at] = value;
    files.put(file, content);
    return this;
  }

  Path write(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      if (!manifest.isEmpty()) {
        List<String> lines = new ArrayList<>(List.of("Manifest-Version: 1.0"));
        manifest.forEach((key, value) -> lines.add(key + ": " + value));
        entry(
            zip,
            "META-INF/MANIFEST.MF",
            (String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
      }
      for (Map.Entry<String, byte[]> one : files.entrySet()) {
        entry(zip, one.getKey(), one.getValue());
      }
    }
    return file;
  }

  private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content);
    zip.closeEntry();
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    private Source(String className, String text) {
      super(URI.create("string:///" + className.replace('.', '/') + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class ToMemory extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ByteArrayOutputStream> classes;

    private ToMemory(JavaFileManager manager, Map<String, ByteArrayOutputStream> classes) {
      super(manager);
      this.classes = classes;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
      return new SimpleJavaFileObject(URI.create("memory:///" + name + ".class"), kind) {
        @Override
        public OutputStream openOutputStream() {
          return classes.computeIfAbsent(name, n -> new ByteArrayOutputStream());
        }
      };
    }
  }
}
