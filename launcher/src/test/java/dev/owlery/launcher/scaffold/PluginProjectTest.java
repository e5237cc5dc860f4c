package dev.owlery.launcher.scaffold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PluginProjectTest {

  @TempDir private Path directory;

  @Test
  void theProjectCalledStarterIsTheExampleItself() throws IOException {
    Path project = PluginProject.write(directory, "starter");
    Path example = Path.of(System.getProperty("owlery.root"), "examples", "starter");
    List<String> files = files(example);
    assertThat(files).hasSize(4);
    for (String file : files) {
      assertThat(project.resolve(file)).hasSameTextualContentAs(example.resolve(file));
    }
    assertThat(files(project)).containsAll(files).contains(".gitignore").hasSize(5);
  }

  @Test
  void itIsForThisVersionOfTheBot() throws IOException {
    Path project = PluginProject.write(directory, "karma");
    assertThat(project.resolve("pom.xml"))
        .content()
        .contains("<owlery.version>" + System.getProperty("owlery.version") + "</owlery.version>");
  }

  @ParameterizedTest
  @CsvSource({
    "weather, weather, Weather",
    "weather-report, weatherreport, WeatherReport",
    "starter-two, startertwo, StarterTwo"
  })
  void theNameIsUsedThroughoutAndNothingRemainsOfTheExamples(
      String name, String packageName, String className) throws IOException {
    Path project = PluginProject.write(directory, name);
    assertThat(files(project))
        .containsExactly(
            ".gitignore",
            "README.md",
            "pom.xml",
            "src/main/java/com/example/%s/%sPlugin.java".formatted(packageName, className),
            "src/test/java/com/example/%s/%sPluginTest.java".formatted(packageName, className));
    assertThat(project.resolve("pom.xml"))
        .content()
        .contains("<artifactId>" + name + "</artifactId>")
        .contains("<Plugin-Id>" + name + "</Plugin-Id>")
        .contains(
            "<Plugin-Class>com.example.%s.%sPlugin</Plugin-Class>"
                .formatted(packageName, className));
    for (String file : files(project)) {
      assertThat(
              Files.readString(project.resolve(file))
                  .replace(name, "")
                  .replace(packageName, "")
                  .replace(className, ""))
          .as(file)
          .doesNotContainIgnoringCase("karma", "starter");
    }
  }

  @Test
  void whatItsGuideCallsByNameIsInIt() throws IOException {
    Path project = PluginProject.write(directory, "weather");
    String code =
        Files.readString(project.resolve("src/main/java/com/example/weather/WeatherPlugin.java"));
    assertThat(project.resolve("README.md")).content().contains("!weather ann", "plugin.weather");
    assertThat(code)
        .contains("@Command(\"weather <name>\")", "@Settings", "{@code plugin.weather}", "Store");
  }

  @Test
  void aWordOfTheLanguageMayBeAPluginsName() throws IOException {
    Path project = PluginProject.write(directory, "switch");
    assertThat(project.resolve("src/main/java/com/example/switch_/SwitchPlugin.java")).exists();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Karma",
        "../karma",
        "karma/../..",
        "1up",
        "-karma",
        "karma-",
        "a--b",
        "kar ma",
        "ka\nrma",
        "karmä",
        "/tmp/karma",
        "c:karma",
        "karma.jar",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
      })
  void aNameThatCannotBeIsRefusedAndNothingIsWritten(String name) throws IOException {
    assertThatThrownBy(() -> PluginProject.write(directory, name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("for example weather-report");
    assertThat(files(directory)).isEmpty();
  }

  @Test
  void whatIsThereIsNotOverwritten() throws IOException {
    Files.writeString(directory.resolve("karma"), "mine");
    assertThatThrownBy(() -> PluginProject.write(directory, "karma"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("karma is there already");
    assertThat(directory.resolve("karma")).hasContent("mine");
  }

  private static List<String> files(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .filter(file -> !file.startsWith("target"))
          .sorted()
          .toList();
    }
  }
}
