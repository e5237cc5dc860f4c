package dev.owlery.launcher.gates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.testkit.net.OtherPrograms;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Plants faults in a project of this build and lets Maven compile it: each gate must find its own.
 */
@EnabledIfSystemProperty(named = "owlery.maven", matches = ".+", disabledReason = "needs Maven")
@Timeout(240)
final class CompilerGatesTest {

  private static final Path ROOT = Path.of(System.getProperty("owlery.root", ".."));

  private static final String PACKAGE =
      """
      /** Planted. */
      @org.jspecify.annotations.NullMarked
      package planted;
      """;

  private static final String CLEAN =
      """
      package planted;

      /** Nothing wrong here. */
      final class Clean {
        private Clean() {}

        static String greeting() {
          return "hoo";
        }
      }
      """;

  private static final String NULL_AWAY =
      """
      package planted;

      /** Breaks its promise not to return null. */
      final class ReturnsNull {
        private ReturnsNull() {}

        static String nothing() {
          return null;
        }
      }
      """;

  private static final String ERROR_PRONE =
      """
      package planted;

      /** Compares by reference what it means to compare by content. */
      final class ComparesBaskets {
        private ComparesBaskets() {}

        static boolean same(int[] basket, int[] other) {
          return basket.equals(other);
        }
      }
      """;

  private static final String DOCLINT =
      """
      package planted;

      public final class SaysNothing {
        private SaysNothing() {}
      }
      """;

  private static final String LINT =
      """
      package planted;

      /** Uses a raw type. */
      final class RawList {
        private RawList() {}

        static java.util.List things() {
          return java.util.List.of();
        }
      }
      """;

  @Test
  void cleanCodePasses() throws Exception {
    Path project = project("clean");
    plant(project, "Clean", CLEAN);

    assertThat(compile(project)).contains("BUILD SUCCESS");
  }

  @Test
  void errorProneAndNullAwayFindTheirFaults() throws Exception {
    Path project = project("faulty");
    plant(project, "Clean", CLEAN);
    plant(project, "ReturnsNull", NULL_AWAY);
    plant(project, "ComparesBaskets", ERROR_PRONE);

    String output = compile(project);

    assertThat(output).contains("BUILD FAILURE");
    assertThat(output).containsPattern("ERROR.*ReturnsNull.java:\\[8,.*\\[NullAway\\]");
    assertThat(output).containsPattern("ERROR.*ComparesBaskets.java:\\[8,.*ArrayEquals");
    assertThat(output).doesNotContain("Clean.java");
  }

  @Test
  void warningsOfTheCompilerAndMissingDocumentationAreErrors() throws Exception {
    Path project = project("careless");
    plant(project, "Clean", CLEAN);
    plant(project, "SaysNothing", DOCLINT);
    plant(project, "RawList", LINT);

    String output = compile(project);

    assertThat(output).contains("BUILD FAILURE", "-Werror");
    assertThat(output).containsPattern("SaysNothing.java:\\[3,.*no comment");
    assertThat(output).containsPattern("RawList.java:\\[7,.*raw type");
    assertThat(output).doesNotContain("Clean.java");
  }

  private static Path project(String name) throws IOException {
    Path project = ROOT.resolve("launcher/target/planted-" + name);
    Path sources = Files.createDirectories(project.resolve("src/main/java/planted"));
    try (Stream<Path> earlier = Files.list(sources)) {
      for (Path source : earlier.toList()) {
        Files.delete(source);
      }
    }
    Files.writeString(
        project.resolve("pom.xml"),
        """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <parent>
            <groupId>dev.owlery</groupId>
            <artifactId>owlery</artifactId>
            <version>%s</version>
            <relativePath>../../../pom.xml</relativePath>
          </parent>
          <artifactId>planted-%s</artifactId>
          <dependencies>
            <dependency><groupId>org.jspecify</groupId><artifactId>jspecify</artifactId></dependency>
          </dependencies>
        </project>
        """
            .formatted(System.getProperty("owlery.version"), name));
    plant(project, "package-info", PACKAGE);
    return project;
  }

  private static void plant(Path project, String name, String source) throws IOException {
    Files.writeString(project.resolve("src/main/java/planted/" + name + ".java"), source);
  }

  private static String compile(Path project) throws Exception {
    OtherPrograms.orSkip();
    File log = Files.createTempFile("owlery-gate", ".log").toFile();
    ProcessBuilder maven =
        new ProcessBuilder(
                System.getProperty("owlery.maven"),
                "--offline",
                "--batch-mode",
                "-Pfast",
                "-Dmaven.repo.local=" + System.getProperty("owlery.repository"),
                "clean",
                "compile")
            .directory(project.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log);
    maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = maven.start();
    try {
      assertThat(process.waitFor(200, TimeUnit.SECONDS)).as("Maven ends in time").isTrue();
      return Files.readString(log.toPath(), StandardCharsets.UTF_8);
    } finally {
      process.destroyForcibly();
      Files.delete(log.toPath());
    }
  }
}
