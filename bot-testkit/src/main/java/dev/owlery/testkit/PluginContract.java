package dev.owlery.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.command.CommandInfo;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every plugin must hold. Extend it in a plugin's tests and say which plugins it is about; all
 * of them run in one bot, as they do in production.
 */
public abstract class PluginContract {

  private Optional<BotScenario> running = Optional.empty();

  /** For the extending test. */
  protected PluginContract() {}

  /**
   * The bot with the plugins that the contract is about.
   *
   * @return a builder; the person {@code admin} should keep every permission
   */
  protected abstract BotScenarioBuilder plugins();

  /** Made by the first use in a test. */
  private BotScenario bot() {
    if (running.isEmpty()) {
      running = Optional.of(plugins().start());
    }
    return running.get();
  }

  @AfterEach
  void stop() {
    running.ifPresent(BotScenario::close);
    running = Optional.empty();
  }

  @Test
  void every_command_explains_itself() {
    assertThat(bot().commands())
        .allSatisfy(command -> assertThat(command.description()).as(command.syntax()).isNotBlank());
  }

  @Test
  void every_command_asks_for_a_permission() {
    assertThat(bot().commands())
        .allSatisfy(command -> assertThat(command.permission()).as(command.syntax()).isNotBlank());
  }

  @Test
  void no_two_commands_look_the_same() {
    assertThat(bot().commands()).extracting(CommandInfo::syntax).doesNotHaveDuplicates();
  }

  @Test
  void a_stranger_learns_nothing_that_needs_more_than_looking() {
    List<CommandInfo> guarded =
        bot().commands().stream().filter(command -> !command.permission().equals("view")).toList();
    for (CommandInfo command : guarded) {
      bot().user("eve").tells(command.syntax().replaceAll("[<>\\[\\]]", ""));
      bot().expect("eve").saysWith(command.permission()).nothing();
    }
  }

  @Test
  void every_plugin_can_be_unloaded_and_loaded_again() {
    for (var plugin : bot().administration().plugins()) {
      bot().administration().unload(plugin.id());
      bot().administration().load(plugin.id());
    }
    assertThat(bot().administration().health().incidents()).isZero();
  }

  @ParameterizedTest
  @MethodSource("dev.owlery.testkit.HostileTexts#all")
  void hostile_text_harms_nothing(String text) {
    FakeUser admin = bot().user("root").verifiedAs("admin");
    admin.in("#dev").says(text);
    for (CommandInfo command : bot().commands()) {
      admin.in("#" + command.name().replace(' ', '-')).says("!" + command.name() + " " + text);
    }
    bot().settle();
    assertThat(bot().administration().health().incidents()).as(bot()::conversation).isZero();
    assertThat(bot().administration().plugins()).noneMatch(plugin -> plugin.paused());
  }
}
