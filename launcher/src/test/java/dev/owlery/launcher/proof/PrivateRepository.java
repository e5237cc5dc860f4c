package dev.owlery.launcher.proof;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/**
 * A Maven repository as a plugin's author has it once Owlery is installed, without installing it: a
 * view of this machine's own repository by hard links, with the modules as they were just built.
 */
final class PrivateRepository {
  private static final Path ROOT =
      Path.of(System.getProperty("owlery.root", "..")).toAbsolutePath();
  private static final String VERSION = System.getProperty("owlery.version", "0.1.0");

  private PrivateRepository() {}

  /** The repository, with the modules as they are now; what was fetched into it before stays. */
  static Path current() throws IOException {
    Path folder = Path.of("target", "proof-repository").toAbsolutePath();
    Path original = Path.of(System.getProperty("owlery.repository"));
    Files.createDirectories(folder);
    link(original, folder);
    put(folder, "owlery", ROOT.resolve("pom.xml"), null);
    for (String module : List.of("bot-api", "adapter-api", "bot-core", "bot-testkit")) {
      Path home = ROOT.resolve(module);
      put(
          folder,
          module,
          home.resolve("pom.xml"),
          home.resolve("target").resolve(module + "-" + VERSION + ".jar"));
    }
    return folder;
  }

  /** Links every file but our own modules; copies where the file system has no links. */
  private static void link(Path from, Path to) throws IOException {
    Path own = from.resolve("dev").resolve("owlery");
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            if (folder.equals(own)) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(to.resolve(from.relativize(folder).toString()));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Path there = to.resolve(from.relativize(file).toString());
            if (Files.exists(there)) {
              return FileVisitResult.CONTINUE;
            }
            try {
              Files.createLink(there, file);
            } catch (IOException | UnsupportedOperationException noLinks) {
              Files.copy(file, there);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static void put(
      Path folder, String name, Path pom, @org.jspecify.annotations.Nullable Path jar)
      throws IOException {
    Path place =
        Files.createDirectories(
            folder.resolve("dev").resolve("owlery").resolve(name).resolve(VERSION));
    Files.writeString(
        place.resolve(name + "-" + VERSION + ".pom"),
        Files.readString(pom, StandardCharsets.UTF_8));
    if (jar != null) {
      Path copy = place.resolve(name + "-" + VERSION + ".jar");
      Files.copy(jar, copy, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
