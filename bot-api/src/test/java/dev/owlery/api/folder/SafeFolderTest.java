package dev.owlery.api.folder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SafeFolderTest {

  @TempDir Path scratch;
  private Path root;
  private Path outside;
  private SafeFolder folder;

  @BeforeEach
  void aFolderWithThingsInIt() throws IOException {
    root = Files.createDirectories(scratch.resolve("root"));
    outside = Files.createDirectories(scratch.resolve("outside"));
    Files.writeString(outside.resolve("secret"), "secret");
    Files.createDirectories(root.resolve("reports/2026"));
    Files.writeString(root.resolve("reports/2026/may.pdf"), "may");
    Files.writeString(root.resolve("plain.txt"), "plain");
    Files.writeString(root.resolve(".hidden"), "hidden");
    Files.createDirectories(root.resolve(".git"));
    Files.writeString(root.resolve(".git/config"), "config");
    Files.createSymbolicLink(root.resolve("link"), outside.resolve("secret"));
    Files.createSymbolicLink(root.resolve("near"), root.resolve("plain.txt"));
    Files.createSymbolicLink(root.resolve("reports/out"), outside);
    folder = SafeFolder.open(root);
  }

  @Test
  void readsFilesBelow() throws IOException {
    assertThat(contents("plain.txt")).isEqualTo("plain");
    assertThat(contents("reports/2026/may.pdf")).isEqualTo("may");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        ".",
        "..",
        "../outside/secret",
        "reports/../../outside/secret",
        "reports/../plain.txt",
        "./plain.txt",
        "/etc/passwd",
        "//etc/passwd",
        "link",
        "near",
        "reports/out/secret",
        "reports/out",
        ".hidden",
        ".git/config",
        "reports",
        "reports/2026",
        "plain.txt/x",
        "nothing",
        "reports/nothing/x",
        "plain.txt\0",
        "..\\outside\\secret",
        "%2e%2e/outside/secret"
      })
  void readsNothingElse(String path) {
    assertThatThrownBy(() -> contents(path))
        .isInstanceOf(UnsafeFileException.class)
        .message()
        .doesNotContain(scratch.toString());
  }

  @Test
  void readsNoFileWithASecondNameAndNoPipe() throws Exception {
    Files.createLink(root.resolve("second"), outside.resolve("secret"));
    assertThatThrownBy(() -> contents("second")).isInstanceOf(UnsafeFileException.class);
    Process made = new ProcessBuilder("mkfifo", root.resolve("pipe").toString()).start();
    assertThat(made.waitFor()).isZero();
    assertThatThrownBy(() -> contents("pipe")).isInstanceOf(UnsafeFileException.class);
  }

  @Test
  void visitsOrdinaryFilesAndFolders() throws IOException {
    assertThat(visited("", true))
        .containsExactly("plain.txt", "reports", "reports/2026", "reports/2026/may.pdf");
    assertThat(visited("", false)).containsExactly("plain.txt", "reports");
    assertThat(visited("reports/2026", true)).containsExactly("reports/2026/may.pdf");
    assertThatThrownBy(() -> visited("reports/out", true)).isInstanceOf(UnsafeFileException.class);
    assertThatThrownBy(() -> visited("..", true)).isInstanceOf(UnsafeFileException.class);
  }

  @Test
  void noLinkIsFollowedThatIsSwappedIn() throws Exception {
    Files.createDirectories(outside.resolve("2026"));
    Files.writeString(outside.resolve("2026/may.pdf"), "secret");
    AtomicBoolean over = new AtomicBoolean();
    Thread swapper = Thread.ofPlatform().start(() -> swap(over));
    try {
      int read = 0;
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      for (int run = 0; run < 3000 || (read == 0 && System.nanoTime() < deadline); run++) {
        try {
          assertThat(contents("swapped/2026/may.pdf")).isEqualTo("may");
          read++;
        } catch (UnsafeFileException whileItIsALink) {
          assertThat(whileItIsALink.getMessage()).isNotEmpty();
        }
        assertThat(visited("", true)).doesNotContain("swapped/secret");
      }
      assertThat(read).isPositive();
    } finally {
      over.set(true);
      swapper.join();
    }
  }

  /** Puts a link to the outside, and the honest folder, by turns in one place. */
  private void swap(AtomicBoolean over) {
    Path honest = root.resolve("reports");
    Path place = root.resolve("swapped");
    Path link = root.resolve(".link");
    try {
      while (!over.get()) {
        Files.move(honest, place);
        LockSupport.parkNanos(20_000); // long enough to be read now and then
        Files.move(place, honest);
        Files.createSymbolicLink(link, outside);
        Files.move(link, place, StandardCopyOption.ATOMIC_MOVE);
        Files.delete(place);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void tellsWhetherAFileHasChanged() throws IOException {
    try (SafeFile file = folder.read("plain.txt")) {
      assertThat(file.isUnchanged()).isTrue();
      Files.writeString(root.resolve("plain.txt"), "other and longer");
      assertThat(file.isUnchanged()).isFalse();
    }
    try (SafeFile file = folder.read("plain.txt")) {
      Files.writeString(root.resolve("new"), "other and longer");
      Files.move(root.resolve("new"), root.resolve("plain.txt"), StandardCopyOption.ATOMIC_MOVE);
      assertThat(file.isUnchanged()).isFalse();
      assertThat(new String(file.from(6).readAllBytes(), UTF_8)).isEqualTo("and longer");
    }
  }

  @Test
  void deletesOnlyWhatItWas() throws IOException {
    FolderEntry entry = folder.look("plain.txt");
    Files.writeString(root.resolve("plain.txt"), "changed");
    assertThat(folder.delete(entry)).isFalse();
    assertThat(folder.delete(folder.look("plain.txt"))).isTrue();
    assertThat(folder.delete(entry)).isFalse();
    assertThat(root.resolve("plain.txt")).doesNotExist();
  }

  @Test
  void aNewFileHasItsNameWhenItIsWhole() throws IOException {
    SafeName name = SafeName.of("../new.txt");
    try (NewFile begun = folder.create("k1")) {
      write(begun, "first ");
    }
    assertThat(visited("", false)).containsExactly("plain.txt", "reports");
    try (NewFile resumed = folder.create("k1")) {
      assertThat(resumed.size()).isEqualTo(6);
      write(resumed, "second");
      assertThat(resumed.keep(name)).isEqualTo(name);
    }
    assertThat(contents("new.txt")).isEqualTo("first second");
    assertThat(leftOver()).isEmpty();
  }

  @Test
  void aNewFileIsForItsOwnerOnly() throws IOException {
    Path begun = Files.createFile(root.resolve(".k9.part"));
    Files.setPosixFilePermissions(begun, PosixFilePermissions.fromString("rw-rw-rw-"));
    for (String key : List.of("k8", "k9")) {
      try (NewFile file = folder.create(key)) {
        Path kept = root.resolve(file.keep(SafeName.of(key)).text());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
            .isEqualTo("rw-------");
      }
    }
  }

  @Test
  void noFileIsEverReplaced() throws IOException {
    Files.createSymbolicLink(root.resolve("plain (2).txt"), outside.resolve("not there"));
    try (NewFile file = folder.create("k2")) {
      write(file, "mine");
      assertThat(file.keep(SafeName.of("plain.txt")).text()).isEqualTo("plain (3).txt");
    }
    assertThat(contents("plain.txt")).isEqualTo("plain");
    assertThat(contents("plain (3).txt")).isEqualTo("mine");
    assertThat(outside.resolve("not there")).doesNotExist();
  }

  @Test
  void aFileIsKeptOnceThoughTheBotDiedInBetween() throws IOException {
    try (NewFile file = folder.create("k3")) {
      write(file, "whole");
    }
    Files.createLink(root.resolve("plain (2).txt"), root.resolve(".k3.part"));
    try (NewFile again = folder.create("k3")) {
      assertThat(again.keep(SafeName.of("plain.txt")).text()).isEqualTo("plain (2).txt");
    }
    assertThat(visited("", false)).containsExactly("plain (2).txt", "plain.txt", "reports");
    assertThat(leftOver()).isEmpty();
  }

  @Test
  void nothingIsWrittenThroughALinkNorUnderAnotherKey() throws IOException {
    Files.createSymbolicLink(root.resolve(".k4.part"), outside.resolve("secret"));
    assertThatThrownBy(() -> folder.create("k4")).isInstanceOf(IOException.class);
    assertThat(outside.resolve("secret")).hasContent("secret");
    for (String key : new String[] {"", "../k", "a/b", "a.b", "k\0"}) {
      assertThatThrownBy(() -> folder.create(key)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void discardedFilesAreGone() throws IOException {
    try (NewFile file = folder.create("k5")) {
      write(file, "half");
      file.discard();
    }
    assertThat(leftOver()).isEmpty();
  }

  @Test
  void aFolderThatIsNotThereIsSaid() {
    assertThatThrownBy(() -> SafeFolder.open(root.resolve("nowhere")))
        .isInstanceOf(NoSuchFileException.class);
  }

  private Set<String> visited(String path, boolean deep) throws IOException {
    Set<String> seen = new TreeSet<>();
    folder.visit(Path.of(path), deep, entry -> seen.add(entry.path().toString()));
    return seen;
  }

  private String contents(String path) throws IOException {
    try (SafeFile file = folder.read(path)) {
      return new String(file.from(0).readAllBytes(), UTF_8);
    }
  }

  private Stream<Path> leftOver() throws IOException {
    try (Stream<Path> all = Files.list(root)) {
      return all.filter(file -> file.toString().endsWith(".part")).toList().stream();
    }
  }

  private static void write(NewFile file, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
    while (bytes.hasRemaining()) {
      file.channel().write(bytes);
    }
  }
}
