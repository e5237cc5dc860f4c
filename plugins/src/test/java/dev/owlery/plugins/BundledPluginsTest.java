package dev.owlery.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.plugin.Plugin;
import dev.owlery.testkit.BotScenario;
import dev.owlery.testkit.BotScenarioBuilder;
import dev.owlery.testkit.PluginContract;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** All bundled plugins together, as the list names them. */
class BundledPluginsTest extends PluginContract {

  private static final String LIST = "/META-INF/owlery/plugins.properties";

  @Override
  protected BotScenarioBuilder plugins() {
    BotScenarioBuilder builder = BotScenario.with();
    bundled().forEach(builder::plugin);
    return builder;
  }

  @Test
  void every_bundled_plugin_is_a_public_class_in_a_package_of_its_own_name() {
    bundled()
        .forEach((name, type) -> {
          assertThat(Modifier.isPublic(type.getModifiers())).as(name).isTrue();
          assertThat(type.getPackageName()).endsWith("." + name.replace("-", ""));
        });
  }

  private static Map<String, Class<? extends Plugin>> bundled() {
    Properties list = new Properties();
    try (InputStream in = BundledPluginsTest.class.getResourceAsStream(LIST)) {
      list.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, Class<? extends Plugin>> plugins = new TreeMap<>();
    list.stringPropertyNames().forEach(name -> plugins.put(name, type(list.getProperty(name))));
    return plugins;
  }

  private static Class<? extends Plugin> type(String name) {
    try {
      return Class.forName(name).asSubclass(Plugin.class);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
