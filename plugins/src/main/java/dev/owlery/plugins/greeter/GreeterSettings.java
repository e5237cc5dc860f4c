package dev.owlery.plugins.greeter;

import dev.owlery.api.settings.Default;
import dev.owlery.api.settings.Settings;
import java.util.List;

/**
 * The greeter's block in the configuration. In each text {@code {name}} stands for the person's
 * name; an empty text is not said.
 *
 * @param welcome what to say when somebody joins
 * @param arrival what to say when the bot itself joins
 * @param answer what to say when the bot is mentioned
 * @param rooms where to greet, written {@code account/room}; empty for everywhere
 */
@Settings
record GreeterSettings(
    @Default("Hi {name}!") String welcome,
    @Default("Hi!") String arrival,
    @Default("Yes, {name}?") String answer,
    @Default("[]") List<String> rooms) {

  GreeterSettings {
    rooms = List.copyOf(rooms);
  }
}
