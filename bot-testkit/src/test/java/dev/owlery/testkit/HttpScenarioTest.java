package dev.owlery.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.owlery.api.http.Http;
import dev.owlery.api.http.HttpReply;
import dev.owlery.api.plugin.Plugin;
import dev.owlery.core.http.HttpListener;
import dev.owlery.testkit.FakeHttp.Reply;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** Routes of plugins, without a network. */
final class HttpScenarioTest {

  /** It takes a path that another has. */
  public static final class OtherHookPlugin implements Plugin {
    @Inject
    OtherHookPlugin(Http http) {
      http.route("POST", "/say/{other}", request -> HttpReply.of(204));
    }
  }

  @Test
  void whatIsPostedIsSaid() {
    try (BotScenario scenario = BotScenario.of(HookPlugin.class)) {
      assertThat(scenario.http().post("/say/dev", "built").status()).isEqualTo(204);

      scenario.expect("#dev").says("built");
      assertThat(scenario.http().get("/say/dev").status()).isEqualTo(405);
      assertThat(scenario.http().post("/say/dev", "x".repeat(101)).status()).isEqualTo(413);
    }
  }

  @Test
  void aFaultIsFiveHundredWithAnIncident() {
    try (BotScenario scenario = BotScenario.of(HookPlugin.class)) {
      Reply reply = scenario.http().get("/fault");

      assertThat(reply.status()).isEqualTo(500);
      assertThat(reply.text()).contains("incident ").doesNotContain("planned");
      assertThat(scenario.administration().health().incidents()).isEqualTo(1);
    }
  }

  @Test
  void aPausedPluginIsAway() {
    try (BotScenario scenario =
        BotScenario.with(HookPlugin.class).pauseAfter(1, "here/#ops").start()) {
      scenario.user("ann").in("#dev").says("hello");
      scenario.expect("#ops").saysWith("paused");

      assertThat(scenario.http().post("/say/dev", "built").status()).isEqualTo(503);
    }
  }

  @Test
  void whatADeadBotDoesWithItsPortIsOfNoConsequence() throws Exception {
    FakeHttp http = new FakeHttp();
    HttpListener dead = http.lease();
    dead.open(incoming -> HttpReply.text(200, "dead"));
    HttpListener alive = http.lease();
    alive.open(incoming -> HttpReply.text(200, "alive"));
    dead.close();
    assertThat(http.get("/").text()).isEqualTo("alive");
    dead.open(incoming -> HttpReply.text(200, "dead"));
    assertThat(http.get("/").text()).isEqualTo("alive");
    alive.close();
    assertThat(http.isOpen()).isFalse();
  }

  @Test
  void nothingListensWithoutARoute() {
    try (BotScenario scenario = BotScenario.of(ParrotPlugin.class)) {
      assertThat(scenario.http().isOpen()).isFalse();
    }
  }

  @Test
  void aRouteGoesAndComesWithItsPlugin() {
    try (BotScenario scenario = BotScenario.of(HookPlugin.class)) {
      scenario.administration().reload("hook");
      assertThat(scenario.http().post("/say/dev", "reloaded").status()).isEqualTo(204);

      scenario.administration().unload("hook");
      assertThat(scenario.http().post("/say/dev", "built").status()).isEqualTo(404);

      scenario.administration().load(HookPlugin.class.getName());
      assertThat(scenario.http().post("/say/dev", "again").status()).isEqualTo(204);
      scenario.expect("#dev").says("reloaded");
      scenario.expect("#dev").says("again");
    }
  }

  @Test
  void twoPluginsCannotHaveOnePath() {
    try (BotScenario scenario = BotScenario.of(HookPlugin.class)) {
      assertThatThrownBy(() -> scenario.administration().load(OtherHookPlugin.class.getName()))
          .hasMessageContaining("the path is taken: POST /say/{room} of plugin hook");
      assertThat(scenario.http().post("/say/dev", "built").status()).isEqualTo(204);
    }
  }

  @Test
  void afterARestartItAnswersAgain() {
    try (BotScenario scenario = BotScenario.of(HookPlugin.class)) {
      scenario.restart();
      assertThat(scenario.http().post("/say/dev", "built").status()).isEqualTo(204);
      scenario.expect("#dev").says("built");
    }
  }
}
