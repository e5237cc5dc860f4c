package dev.owlery.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents show code that compiles, and link to files that are there. */
final class ReadmeTest {

  private static final Path ROOT = Path.of(System.getProperty("owlery.root", ".."));
  private static final Pattern JAVA = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]+)[^)]*\\)");
  private static final String IMPORTS =
      """
      import dev.owlery.api.command.*;
      import dev.owlery.api.event.*;
      import dev.owlery.api.plugin.*;
      import dev.owlery.api.settings.*;
      import jakarta.inject.Inject;
      import java.util.*;
      import java.util.stream.*;
      import org.incendo.cloud.annotation.specifier.Greedy;
      import org.incendo.cloud.annotations.Argument;
      import org.incendo.cloud.annotations.Command;
      import org.incendo.cloud.annotations.CommandDescription;
      import org.incendo.cloud.annotations.Permission;
      """;

  @TempDir private Path folder;

  @Test
  void thePluginInTheReadmeCompiles() throws Exception {
    assertThat(errors("Parrot", IMPORTS + code("README.md").getFirst())).isEmpty();
  }

  @Test
  void theGuideToPluginsCompiles() throws Exception {
    List<String> code = code("docs/guides/write-a-plugin.md");

    String body = String.join("\n", code);
    String imports = IMPORTS + "import java.time.*;\nimport java.util.UUID;\n";
    assertThat(
            errors("Guide", imports + "public final class Guide implements Plugin {" + body + "}"))
        .isEmpty();
  }

  @Test
  void theGuideToProceduresCompiles() throws Exception {
    String imports = IMPORTS + "import dev.owlery.api.procedure.*;\nimport java.time.Duration;\n";
    String body = String.join("\n", code("docs/guides/procedures.md"));
    assertThat(errors("Guide", imports + "public final class Guide {" + body + "}")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
        "CHANGELOG.md",
        "docs/guides/write-a-plugin.md",
        "docs/guides/write-an-adapter.md",
        "docs/guides/operate.md",
        "docs/guides/procedures.md",
        "docs/guides/topics.md",
        "docs/guides/feeds.md",
        "docs/guides/logs.md",
        "docs/guides/pipes.md",
        "docs/guides/webhooks.md",
        "docs/guides/staff.md"
      })
  void everyLinkLeadsSomewhere(String document) throws Exception {
    Path file = ROOT.resolve(document);
    Matcher links = LINK.matcher(Files.readString(file));
    while (links.find()) {
      assertThat(file.resolveSibling(links.group(1))).exists();
    }
  }

  @Test
  void theFilesOfAMessagesJourneyAreThere() throws Exception {
    Matcher files =
        Pattern.compile("`([a-z-]+)/\\.\\.\\./([\\w/]+\\.java)`")
            .matcher(Files.readString(ROOT.resolve("ARCHITECTURE.md")));
    int found = 0;
    while (files.find()) {
      String end = files.group(2);
      try (Stream<Path> sources = Files.walk(ROOT.resolve(files.group(1)).resolve("src/main"))) {
        assertThat(sources).as(files.group()).anyMatch(source -> source.endsWith(Path.of(end)));
      }
      found++;
    }
    assertThat(found).isGreaterThanOrEqualTo(5);
  }

  private static List<String> code(String document) throws Exception {
    return JAVA.matcher(Files.readString(ROOT.resolve(document)))
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  private String errors(String name, String source) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    JavaFileObject file =
        new SimpleJavaFileObject(
            URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    StringWriter errors = new StringWriter();
    boolean _ =
        compiler
            .getTask(
                errors,
                null,
                null,
                List.of(
                    "-proc:none",
                    "-parameters",
                    "-classpath",
                    System.getProperty("java.class.path"),
                    "-d",
                    folder.toString()),
                null,
                List.of(file))
            .call();
    return errors.toString();
  }
}
