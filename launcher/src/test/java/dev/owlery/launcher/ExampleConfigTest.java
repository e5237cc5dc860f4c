package dev.owlery.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.adapter.AdapterProvider;
import dev.owlery.api.settings.Settings;
import dev.owlery.launcher.config.BotSettings;
import dev.owlery.launcher.config.Configuration;
import dev.owlery.launcher.config.FileLimits;
import dev.owlery.launcher.config.LimitSettings;
import dev.owlery.web.HttpSettings;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** bot.conf.example is sound, mentions every key that there is, and tells the standard values. */
final class ExampleConfigTest {

  private static final Path EXAMPLE =
      Path.of(System.getProperty("owlery.root", "..")).resolve("bot.conf.example");
  private static final Map<String, String> VARIABLES =
      Stream.of(
              "LIBERA_PASSWORD",
              "LIBERA_SERVER_PASSWORD",
              "HOME_PASSWORD",
              "DIRECTORY_PASSWORD",
              "PAYROLL_PASSWORD",
              "WEBHOOK_HUB",
              "WEBHOOK_BUILDS",
              "PAGER_SECRET",
              "WORK_BOT_TOKEN",
              "WORK_APP_TOKEN")
          .collect(Collectors.toMap(name -> "OWLERY_" + name, ExampleConfigTest::value));

  @TempDir private Path folder;

  private static String value(String name) {
    return switch (name) {
      case "WORK_BOT_TOKEN" -> "xoxb-x";
      case "WORK_APP_TOKEN" -> "xapp-x";
      default -> "a-secret-of-the-tests";
    };
  }

  private Configuration read(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("bot.conf"), text);
    return new ProcessEnvironment(VARIABLES, () -> {}).configurations().read(file);
  }

  private static String uncommented() throws IOException {
    return Files.readString(EXAMPLE).replaceAll("(?m)^( *)#(?=[a-z}])", "$1");
  }

  @Test
  void theExampleIsSound() throws Exception {
    assertThat(read(Files.readString(EXAMPLE)).accounts()).hasSize(4);
  }

  @Test
  void everyKeyMayBeUncommented() throws Exception {
    assertThat(uncommented()).doesNotContain("#port");
    assertThat(read(uncommented()).accounts()).hasSize(4);
  }

  @Test
  void whatIsCommentedOutIsTheStandardValue() throws Exception {
    Configuration left = read(Files.readString(EXAMPLE));
    Configuration written = read(uncommented());

    assertThat(written.bot()).isEqualTo(left.bot());
    assertThat(written.limits()).isEqualTo(left.limits());
    assertThat(written.plugins()).isEqualTo(left.plugins());
    assertThat(written.procedures()).isEqualTo(left.procedures());
    assertThat(written.http())
        .contains(
            new HttpSettings(
                "127.0.0.1", 8080, written.http().orElseThrow().publicUrl(), List.of(), 256));
  }

  @Test
  void everyKeyIsMentioned() throws Exception {
    String example = Files.readString(EXAMPLE);
    List<Class<?>> records =
        new ArrayList<>(
            List.of(BotSettings.class, LimitSettings.class, HttpSettings.class, FileLimits.class));
    ServiceLoader.load(AdapterProvider.class).forEach(p -> records.add(p.settingsType()));
    for (String plugin : new ProcessEnvironment(Map.of(), () -> {}).bundledPlugins().values()) {
      Arrays.stream(Class.forName(plugin).getDeclaredConstructors())
          .flatMap(constructor -> Arrays.stream(constructor.getParameterTypes()))
          .filter(type -> type.isAnnotationPresent(Settings.class))
          .forEach(records::add);
    }

    for (Class<?> type : records) {
      for (String key : keys(type)) {
        assertThat(example)
            .as("%s of %s", key, type.getSimpleName())
            .containsPattern("(?m)(^|[ #{,])" + Pattern.quote(key) + " *[={]");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"feeds", "logs", "pipes", "webhooks", "staff", "topics", "files"})
  void theConfigurationsOfTheGuidesAreSound(String guide) throws Exception {
    String text = Files.readString(EXAMPLE.resolveSibling("docs/guides/" + guide + ".md"));
    Matcher blocks = Pattern.compile("```hocon\\n(.*?)```", Pattern.DOTALL).matcher(text);
    int found = 0;
    while (blocks.find()) {
      if (blocks.group(1).contains("accounts {")) {
        assertThat(read(blocks.group(1)).accounts()).as(guide).isNotEmpty();
        found++;
      }
    }
    assertThat(found).isPositive();
  }

  /** All keys of a record and of the records in it. */
  private static List<String> keys(Class<?> type) {
    List<String> keys = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      keys.add(
          component.getName().replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT));
      Class<?> inner = innermost(component.getGenericType());
      if (inner.isAnnotationPresent(Settings.class)) {
        keys.addAll(keys(inner));
      }
    }
    return keys;
  }

  private static Class<?> innermost(Type type) {
    return switch (type) {
      case Class<?> plain -> plain;
      case ParameterizedType generic ->
          innermost(generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1]);
      default -> Object.class;
    };
  }
}
