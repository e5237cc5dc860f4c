package dev.owlery.launcher;

import dev.owlery.api.adapter.AdapterProvider;
import dev.owlery.launcher.config.ConfigurationReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.ServiceLoader;

/**
 * What the process finds around itself.
 *
 * @param variables the environment variables
 * @param endAtOnce ends the process without waiting for anything
 */
record ProcessEnvironment(Map<String, String> variables, Runnable endAtOnce) {

  private static final String BUNDLED = "META-INF/owlery/plugins.properties";

  /** A reader for configurations that knows the adapters and plugins of the class path. */
  ConfigurationReader configurations() {
    return new ConfigurationReader(adapters(), bundledPlugins(), variables);
  }

  private static List<AdapterProvider> adapters() {
    return ServiceLoader.load(AdapterProvider.class, ProcessEnvironment.class.getClassLoader())
        .stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  /** The bundled plugins: their classes by short name. */
  Map<String, String> bundledPlugins() {
    Map<String, String> plugins = new HashMap<>();
    try {
      for (URL list :
          Collections.list(ProcessEnvironment.class.getClassLoader().getResources(BUNDLED))) {
        Properties properties = new Properties();
        try (Reader reader = new InputStreamReader(list.openStream(), StandardCharsets.UTF_8)) {
          properties.load(reader);
        }
        properties.stringPropertyNames().forEach(n -> plugins.put(n, properties.getProperty(n)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return plugins;
  }
}
