package dev.owlery.launcher.scaffold;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;

/**
 * Writes a new plugin's Maven project: the example {@code starter}, which the build copies beside
 * this class, under another name. What is tested as an example is what users get.
 */
public final class PluginProject {

  private static final List<String> FILES =
      List.of(
          "README.md",
          "pom.xml",
          "src/main/java/com/example/starter/StarterPlugin.java",
          "src/test/java/com/example/starter/StarterPluginTest.java");

  private static final int LONGEST = 40;
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  private static final Pattern EXAMPLE =
      Pattern.compile(
          "(?<package>com([./])example\\2)starter|(?<class>Starter)(?=Plugin|Settings)|starter");

  private PluginProject() {}

  /**
   * Writes a project.
   *
   * @param directory where to make the project's directory, which is called like the plugin
   * @param name what the plugin is called: lower-case letters and digits, words joined by hyphens
   * @return the project's directory
   * @throws IllegalArgumentException if the name cannot be, or there is something of that name
   *     already; the text is fit for a user
   * @throws IOException if it cannot be written
   */
  public static Path write(Path directory, String name) throws IOException {
    if (name.length() > LONGEST || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a plugin's name is at most "
              + LONGEST
              + " lower-case letters and digits, words joined by hyphens, for example"
              + " weather-report");
    }
    Path project = directory.resolve(name);
    try {
      Files.createDirectories(directory);
      Files.createDirectory(project);
    } catch (FileAlreadyExistsException e) {
      throw new IllegalArgumentException(e.getFile() + " is there already", e);
    }
    for (String file : FILES) {
      Path target = project.resolve(renamed(file, name));
      Files.createDirectories(target.getParent());
      Files.writeString(target, renamed(example(file), name));
    }
    Files.writeString(project.resolve(".gitignore"), "target/\n");
    return project;
  }

  private static String example(String file) throws IOException {
    try (InputStream in = PluginProject.class.getResourceAsStream("project/" + file)) {
      if (in == null) {
        throw new IOException("this build of Owlery lacks " + file + " of the project template");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String renamed(String text, String name) {
    return EXAMPLE
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(replacement(found, name)));
  }

  private static String replacement(MatchResult found, String name) {
    if (found.group("package") != null) {
      String bare = name.replace("-", "");
      return found.group("package") + (SourceVersion.isKeyword(bare) ? bare + "_" : bare);
    }
    return found.group("class") != null ? camel(name) : name;
  }

  private static String camel(String name) {
    return Arrays.stream(name.split("-"))
        .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
        .collect(Collectors.joining());
  }
}
