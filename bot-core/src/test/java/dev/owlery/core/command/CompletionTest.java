package dev.owlery.core.command;

import static dev.owlery.core.command.Talk.ALICE;
import static dev.owlery.core.command.Talk.ANN;
import static dev.owlery.core.command.Talk.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.chat.Member;
import java.util.List;
import org.incendo.cloud.annotations.Argument;
import org.incendo.cloud.annotations.Command;
import org.incendo.cloud.annotations.Permission;
import org.incendo.cloud.annotations.suggestion.Suggestions;
import org.junit.jupiter.api.Test;

class CompletionTest {

  private final Talk talk = Talk.with(new Works());

  @Test
  void commandsAreCompletedWithThePrefixThatWasTyped() {
    assertThat(complete(ANN, "!e")).containsExactly("!echo");
    assertThat(complete(ANN, "e")).containsExactly("echo");
    assertThat(complete(ANN, "!E")).containsExactly("!echo");
    assertThat(complete(ANN, "!"))
        .containsExactly("!broken", "!colour", "!echo", "!more", "!plugin");
  }

  @Test
  void onlyWhatOneMayCallIsOffered() {
    assertThat(complete(ANN, "!dep")).isEmpty();
    assertThat(complete(ALICE, "!dep")).containsExactly("!deploy");
    assertThat(complete(ANN, "!plugin ")).containsExactly("list");
    assertThat(complete(ALICE, "!plugin l")).containsExactlyInAnyOrder("list", "load");
    assertThat(complete(ANN, "!deploy ")).isEmpty();
  }

  @Test
  void argumentsAreCompletedByThePluginsSuggestions() {
    assertThat(complete(ALICE, "!plugin load k")).containsExactly("karma");
    assertThat(complete(ANN, "!colour ")).containsExactlyInAnyOrder("red", "green");
    assertThat(complete(ANN, "!colour g")).containsExactly("green");
  }

  @Test
  void suggestionsThatFailSuggestNothing() {
    assertThat(complete(ANN, "!broken x")).isEmpty();
    assertThat(complete(ANN, "!nothing x")).isEmpty();
  }

  private List<String> complete(Member who, String input) {
    return talk.router.suggestions(who, ROOM, input);
  }

  enum Colour {
    RED,
    GREEN
  }

  @Permission("view")
  public static final class Works {

    @Command("echo <text>")
    String echo(@Argument("text") String text) {
      return text;
    }

    @Command("colour <colour>")
    String colour(@Argument("colour") Colour colour) {
      return colour.name();
    }

    @Command("plugin list")
    String list() {
      return "";
    }

    @Command("plugin load <id>")
    @Permission("admin.plugins")
    String load(@Argument(value = "id", suggestions = "plugins") String id) {
      return id;
    }

    @Command("deploy <service>")
    @Permission("deploy")
    String deploy(@Argument("service") String service) {
      return service;
    }

    @Command("broken <x>")
    String broken(@Argument(value = "x", suggestions = "broken") String x) {
      return x;
    }

    @Suggestions("plugins")
    public List<String> plugins() {
      return List.of("karma", "parrot");
    }

    @Suggestions("broken")
    public List<String> brokenSuggestions() {
      return List.of(List.of("broken").get(1));
    }
  }
}
