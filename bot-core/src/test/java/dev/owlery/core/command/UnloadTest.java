package dev.owlery.core.command;

import static dev.owlery.core.command.Talk.ANN;
import static dev.owlery.core.command.Talk.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.incendo.cloud.annotations.Argument;
import org.incendo.cloud.annotations.Command;
import org.incendo.cloud.annotations.Permission;
import org.incendo.cloud.annotations.parser.Parser;
import org.incendo.cloud.annotations.suggestion.Suggestions;
import org.incendo.cloud.context.CommandInput;
import org.junit.jupiter.api.Test;

/**
 * Nothing of a plugin that is gone may be kept: not its object, not its classes, not its loader.
 */
class UnloadTest {

  private final Talk talk = Talk.with();

  @Test
  void thePluginsClassLoaderIsCollectedAfterItsCommandsAreForgotten() throws Exception {
    WeakReference<ClassLoader> loader = loadUseAndUnload();
    Instant deadline = Instant.now().plus(Duration.ofSeconds(20));
    while (loader.get() != null && Instant.now().isBefore(deadline)) {
      System.gc();
    }
    assertThat(loader.get()).isNull();
    assertThat(talk.answers("!leaky red")).isEmpty();
  }

  private WeakReference<ClassLoader> loadUseAndUnload() throws Exception {
    ClassLoader loader = new OwnClasses(getClass().getClassLoader());
    Object plugin = loader.loadClass(Leaky.class.getName()).getDeclaredConstructor().newInstance();
    assertThat(plugin.getClass().getClassLoader()).isSameAs(loader);
    talk.router.register("leaky", plugin);
    for (int i = 0; i < 2_000; i++) {
      assertThat(talk.answers("!leaky red")).containsExactly("RED");
    }
    assertThat(talk.answers("!leaky purple")).hasSize(1);
    assertThat(talk.answers("!shaped round")).containsExactly("round");
    assertThat(talk.router.suggestions(ANN, ROOM, "!leaky ")).hasSize(2);
    assertThat(talk.router.suggestions(ANN, ROOM, "!shaped ")).containsExactly("round");
    talk.router.unregister("leaky");
    return new WeakReference<>(loader);
  }

  /** Defines the plugin's classes itself, from the bytes of the ones that the test has. */
  private static final class OwnClasses extends ClassLoader {

    OwnClasses(ClassLoader parent) {
      super(parent);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(UnloadTest.class.getName() + "$")) {
        return super.loadClass(name, resolve);
      }
      Class<?> known = findLoadedClass(name);
      if (known != null) {
        return known;
      }
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  /** Has what a framework may be tempted to keep: own types, parsers, suggestions. */
  @Permission("view")
  public static final class Leaky {

    public Leaky() {}

    public enum Colour {
      RED,
      BLUE
    }

    public record Shape(String name) {}

    @Command("leaky <colour>")
    Stream<String> leaky(@Argument("colour") Colour colour) {
      return Stream.of(colour.name());
    }

    @Command("shaped <shape>")
    String shaped(@Argument("shape") Shape shape) {
      return shape.name();
    }

    @Parser(suggestions = "shapes")
    public Shape shape(CommandInput input) {
      return new Shape(input.readString());
    }

    @Suggestions("shapes")
    public Stream<String> shapes() {
      return Stream.of("round");
    }
  }
}
