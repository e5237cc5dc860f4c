package com.example.starter;

import dev.owlery.api.command.CommandCall;
import dev.owlery.api.settings.Default;
import dev.owlery.api.plugin.Plugin;
import dev.owlery.api.settings.Settings;
import dev.owlery.api.plugin.Store;
import jakarta.inject.Inject;
import org.incendo.cloud.annotations.Argument;
import org.incendo.cloud.annotations.Command;
import org.incendo.cloud.annotations.CommandDescription;
import org.incendo.cloud.annotations.Permission;

/** Greets whoever is named, and counts how often: a command, a setting and something stored. */
public final class StarterPlugin implements Plugin {

  private final StarterSettings settings;
  private final Store store;

  /**
   * The block {@code plugin.starter} of the configuration.
   *
   * @param greeting the first word of each greeting
   */
  @Settings
  record StarterSettings(@Default("Hello") String greeting) {}

  @Inject
  StarterPlugin(StarterSettings settings, Store store) {
    this.settings = settings;
    this.store = store;
  }

  /**
   * Greets somebody. The answer and the new count take effect together, when this returns: if the
   * bot is killed before, neither does, and the command is called again after the restart.
   *
   * @param call where it was called, and by whom
   * @param name whom to greet
   * @return the answer
   */
  @Command("starter <name>")
  @Permission("view")
  @CommandDescription("Greets somebody, and says how often that has happened here")
  public String greet(CommandCall call, @Argument("name") String name) {
    // One count for each conversation: its commands are called one at a time.
    String key = call.where().address();
    int count = store.get(key).map(Integer::parseInt).orElse(0) + 1;
    store.put(key, Integer.toString(count));
    return settings.greeting() + ", " + name + "! Greetings here: " + count;
  }
}
