package dev.owlery.launcher.gates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.adapter.irc.IrcAdapterProvider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Libraries of others in our own jars: which they are, in which version, and how much of them. */
final class ShadedTest {

  private static final String OURS = "dev/owlery/adapter/irc/";
  private static final String SHADED = OURS + "shaded/";

  @Test
  void theIrcAdapterHoldsTheseLibrariesInTheseVersions() throws Exception {
    try (JarFile jar = jar();
        InputStream list = jar.getInputStream(jar.getEntry("META-INF/owlery/shaded.properties"))) {
      Properties versions = new Properties();
      versions.load(list);
      assertThat(versions)
          .containsOnly(
              Map.entry("org.pircbotx/pircbotx", "2.1"),
              Map.entry("com.google.guava/guava", "25.1-jre"),
              Map.entry("org.apache.commons/commons-lang3", "3.20.0"));
    }
  }

  @Test
  void onlyThePartsThatAreUsedAreInIt() throws Exception {
    Set<String> packages =
        classes().stream()
            .filter(name -> !name.startsWith(OURS) || name.startsWith(SHADED))
            .map(name -> name.substring(0, name.lastIndexOf('/')))
            .map(name -> name.replaceFirst("^org/pircbotx/.*", "org/pircbotx"))
            .map(name -> name.startsWith(SHADED) ? name.substring(SHADED.length()) : name)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(packages)
        .contains("org/pircbotx", "guava/base", "guava/collect", "commons/lang3")
        .allMatch(name ->
            name.equals("org/pircbotx")
                || name.matches("guava/(annotations|base|collect|math|primitives)")
                || name.startsWith("commons/lang3"));
  }

  /** Files and FileBackedOutputStream are what CVE-2020-8908 and CVE-2023-2976 are about. */
  @Test
  void guavasClassesForFilesAreNotInIt() throws Exception {
    assertThat(classes()).noneMatch(name -> name.startsWith(SHADED + "guava/io/"));
  }

  @Test
  void nothingThatIsInItNeedsAClassThatWasLeftOut() throws Exception {
    Set<String> classes = classes();
    Set<String> missing = new TreeSet<>();
    try (JarFile jar = jar()) {
      for (String name : classes) {
        try (InputStream code = jar.getInputStream(jar.getEntry(name + ".class"))) {
          for (PoolEntry entry : ClassFile.of().parse(code.readAllBytes()).constantPool()) {
            if (entry instanceof ClassEntry used
                && (used.asInternalName().startsWith(SHADED)
                    || used.asInternalName().startsWith("org/pircbotx/"))
                && !classes.contains(used.asInternalName())) {
              missing.add(name + " needs " + used.asInternalName());
            }
          }
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  private static Set<String> classes() throws IOException, URISyntaxException {
    try (JarFile jar = jar()) {
      List<String> names = jar.stream().map(entry -> entry.getName()).toList();
      return names.stream()
          .filter(name -> name.endsWith(".class"))
          .map(name -> name.substring(0, name.length() - ".class".length()))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static JarFile jar() throws IOException, URISyntaxException {
    return new JarFile(
        Path.of(
                IrcAdapterProvider.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI())
            .toFile());
  }
}
