package dev.owlery.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.owlery.api.settings.Default;
import dev.owlery.api.settings.Settings;
import dev.owlery.core.plugin.SettingsSource;
import dev.owlery.launcher.config.FaultyConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RereadSettingsTest {
  @TempDir private Path folder;

  @Settings
  record Words(@Default("Hi {name}!") String welcome) {}

  private Path file(String rest) throws IOException {
    return Files.writeString(
        folder.resolve("bot.conf"),
        """
        bot { data-dir = %s }
        accounts { here { protocol = console } }
        plugins = [greeter]
        %s
        """
            .formatted(folder.resolve("data"), rest));
  }

  @Test
  void whatWasChangedInTheFileIsReadForAReload() throws IOException, FaultyConfiguration {
    Path file = file("plugin.greeter.welcome = hello");
    SettingsSource first =
        new ConfigFile(Optional.of(file))
            .read(new ProcessEnvironment(Map.of(), () -> {}))
            .pluginSettings();
    assertThat(first.read("greeter", Words.class).welcome()).isEqualTo("hello");
    Path same = file("plugin.greeter.welcome = good evening");
    assertThat(same).isEqualTo(file);
    assertThat(first.read("greeter", Words.class).welcome()).isEqualTo("hello");
    SettingsSource second = first.reread();
    assertThat(second.read("greeter", Words.class).welcome()).isEqualTo("good evening");
    Path broken = file("plugin.greeter { welcome = [");
    assertThatIllegalArgumentException()
        .isThrownBy(second::reread)
        .withMessageContaining(broken.getFileName().toString())
        .withMessageContaining("nothing was changed");
    assertThat(second.read("greeter", Words.class).welcome()).isEqualTo("good evening");
  }
}
