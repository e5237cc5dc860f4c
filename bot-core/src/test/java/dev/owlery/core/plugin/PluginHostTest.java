package dev.owlery.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.event.MemberJoined;
import dev.owlery.api.event.Origin;
import dev.owlery.api.plugin.Administration;
import dev.owlery.api.plugin.Bot;
import dev.owlery.api.plugin.Cron;
import dev.owlery.api.plugin.Every;
import dev.owlery.api.plugin.Handled;
import dev.owlery.api.plugin.On;
import dev.owlery.api.plugin.Plugin;
import dev.owlery.api.plugin.Scheduler;
import dev.owlery.api.plugin.Store;
import dev.owlery.api.settings.SettingException;
import dev.owlery.api.settings.Settings;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.incendo.cloud.annotations.Command;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

final class PluginHostTest {

  private static final Conversation ROOM = Conversation.room(new AccountId("net"), "#owls");

  private final FakeEngine engine = new FakeEngine();
  private final HandTimers timers = new HandTimers();
  private final PluginHost host = host(Map.of("greeter", Greeter.class.getName()));

  @Test
  void aBundledPluginIsLoadedByItsShortNameAndAnswers() throws Throwable {
    assertThat(host.load("greeter"))
        .isEqualTo(new Administration.PluginState("greeter", "", "bundled", false));

    engine.happens(joined("ann"));

    assertThat(engine.said).containsExactly("Hi ann!");
    assertThat(engine.command("greetings")).isEqualTo("1");
    assertThat(host.plugins()).hasSize(1);
  }

  @Test
  void aClassIsLoadedByItsNameAndItsIdIsItsSimpleName() {
    assertThat(host.load(Greeter.class.getName()).source()).isEqualTo("class");
    host.load(VeryShyPlugin.class.getName());
    assertThat(host.plugins())
        .extracting(Administration.PluginState::id)
        .containsExactly("greeter", "very-shy");
  }

  @Test
  void afterUnloadingNothingIsRegisteredAndStopWasCalled() {
    host.load("greeter");
    host.unload("greeter");

    assertThat(engine.registered()).isZero();
    assertThat(timers.waiting()).isZero();
    assertThat(engine.stores.get("greeter")).containsEntry("stopped", "yes");
    assertThat(host.plugins()).isEmpty();
  }

  @Test
  void timersRunAsDeclaredUntilThePluginIsUnloaded() {
    host.load("greeter");

    timers.advance(Duration.ofMinutes(15));
    assertThat(engine.said).containsExactly("tick", "tick", "tick");
    engine.said.clear();
    timers.advance(Duration.ofMinutes(16));
    assertThat(engine.said).contains("good morning");

    host.unload("greeter");
    engine.said.clear();
    timers.advance(Duration.ofDays(1));
    assertThat(engine.said).isEmpty();
  }

  @Test
  void aTimerThatThrowsIsReportedAndRunsAgain() {
    host.load(Moody.class.getName());
    timers.advance(Duration.ofSeconds(2));

    assertThat(engine.faults)
        .containsExactly(
            "moody: @Every tick(): java.lang.IllegalStateException: not today",
            "moody: @Every tick(): java.lang.IllegalStateException: not today");
  }

  @Test
  void whatAHandlerThrowsReachesTheLaneAsItIs() {
    host.load(Moody.class.getName());
    assertThatThrownBy(() -> engine.happens(joined("ann")))
        .isExactlyInstanceOf(java.io.IOException.class)
        .hasMessage("moody");
  }

  @Test
  void aHandlerMayKeepAnEventFromTheRest() throws Throwable {
    host.load("greeter");
    host.load(Guard.class.getName());
    engine.happens(joined("ann"));
    assertThat(engine.said).isEmpty();
  }

  @Test
  void aPausedPluginIsNotCalled() throws Throwable {
    host.load("greeter");
    host.pause("greeter");
    engine.happens(joined("ann"));
    timers.advance(Duration.ofHours(1));
    assertThat(engine.said).isEmpty();
    assertThat(host.plugins().getFirst().paused()).isTrue();

    host.resume("greeter");
    engine.happens(joined("ann"));
    assertThat(engine.said).containsExactly("Hi ann!");
  }

  @Test
  void allWrongDeclarationsAreNamedAtOnceAndNothingIsLoaded() {
    assertThatThrownBy(() -> host.load(Wrong.class.getName()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("cannot load plugin ")
        .hasMessageContaining("@On hidden(MemberJoined) must be public and not static")
        .hasMessageContaining("@On none() must have one parameter, a kind of ChatEvent")
        .hasMessageContaining("@On text(String) must have one parameter, a kind of ChatEvent")
        .hasMessageContaining("@On number(ChatEvent) must return nothing or Handled")
        .hasMessageContaining("@Every often(): \"sometimes\" is not an interval like \"5m\"")
        .hasMessageContaining("@Every given(String) must have no parameters")
        .hasMessageContaining("@Cron late()")
        .hasMessageContaining("@Cron far(): \"Mars/Olympus\" is not a time zone")
        .hasMessageNotContaining("\n");
    assertThat(engine.registered()).isZero();
  }

  @Test
  void aPluginThatDoesNotStartLeavesNothingBehind() {
    assertThatThrownBy(() -> host.load(Unwilling.class.getName()))
        .hasMessageContaining("its start failed: java.io.IOException: no port");
    assertThat(engine.registered() + timers.waiting()).isZero();
    assertThat(host.plugins()).isEmpty();
  }

  @Test
  void aConstructorAndAStartThatComputeWithoutEndAreSeen() throws Exception {
    for (boolean inStart : new boolean[] {false, true}) {
      Endless.over = false;
      Endless.inStart = inStart;
      List<String> paused = new CopyOnWriteArrayList<>();
      try (PluginWatchdog watch = new PluginWatchdog(1, Duration.ofMillis(20), paused::add)) {
        engine.watch = watch;
        watch.start();
        Thread loading = Thread.ofPlatform().start(() -> host.load(Endless.class.getName()));
        await().atMost(Duration.ofSeconds(25)).until(() -> watch.busy() == 1);
        Endless.over = true;
        loading.join();
      }
      assertThat(paused).isEmpty();
      host.unload("endless");
    }
  }

  static final class Endless implements Plugin {
    static volatile boolean over;
    static volatile boolean inStart;

    Endless() {
      compute(!inStart);
    }

    @Override
    public void start() {
      compute(inStart);
    }

    private static void compute(boolean here) {
      while (here && !over) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void aSettingThatIsWrongAtTheStartIsNamed() {
    assertThatThrownBy(() -> host.load(Particular.class.getName()))
        .hasMessageEndingWith(": plugin.particular.folder: /nowhere is no folder");
    assertThat(host.plugins()).isEmpty();
  }

  @Test
  void aClashOfCommandsIsRefusedAndTheFirstPluginStays() throws Throwable {
    host.load("greeter");
    assertThatThrownBy(() -> host.load(Copycat.class.getName()))
        .hasMessageContaining("two commands greetings");
    assertThat(host.plugins()).hasSize(1);
    assertThat(engine.command("greetings")).isEqualTo("0");
  }

  @Test
  void settingsComeFromTheConfigurationAndTheirFaultsAreTold() {
    host.load(Configured.class.getName());
    assertThat(engine.stores.get("configured")).containsEntry("word", "hoot");

    PluginHost strict =
        new PluginHost(
            new PluginHostSettings(
                Path.of("nowhere"),
                Map.of(),
                new SettingsSource() {
                  @Override
                  public <R extends Record> R read(String plugin, Class<R> type) {
                    throw new IllegalArgumentException("bot.conf:7: plugin.x.word is missing");
                  }
                }),
            engine,
            engine,
            timers);
    assertThatThrownBy(() -> strict.load(Configured.class.getName()))
        .hasMessageContaining("bot.conf:7: plugin.x.word is missing");
  }

  @Test
  void aReloadReadsTheConfigurationAgain() {
    class File implements SettingsSource {
      private String text = "hoot";
      private final String read;

      File(String read) {
        this.read = read;
      }

      @Override
      public <R extends Record> R read(String plugin, Class<R> type) {
        return type.cast(new Words(read));
      }

      @Override
      public SettingsSource reread() {
        if (text.isEmpty()) {
          throw new IllegalArgumentException("bot.conf:7: plugin.configured.word is empty");
        }
        return new File(text) {
          @Override
          public SettingsSource reread() {
            return File.this.reread();
          }
        };
      }
    }
    File file = new File("hoot");
    PluginHost reading =
        new PluginHost(
            new PluginHostSettings(Path.of("nowhere"), Map.of(), file), engine, engine, timers);
    reading.loadAll(List.of(Configured.class.getName()));
    assertThat(engine.stores.get("configured")).containsEntry("word", "hoot");
    file.text = "screech";
    reading.reload("configured");
    assertThat(engine.stores.get("configured")).containsEntry("word", "screech");
    file.text = "";
    assertThatThrownBy(() -> reading.reload("configured"))
        .hasMessageContaining("bot.conf:7: plugin.configured.word is empty");
    assertThat(reading.plugins()).hasSize(1);
    file.text = "whoo";
    reading.unload("configured");
    reading.load(Configured.class.getName());
    assertThat(engine.stores.get("configured")).containsEntry("word", "whoo");
  }

  @Test
  void pluginsThatFailAreLeftOutAtTheStartAndTheOthersAreLoaded() {
    PluginHost many =
        host(Map.of("greeter", Greeter.class.getName(), "particular", Particular.class.getName()));
    List<IllegalArgumentException> leftOut =
        many.loadAll(
            List.of(
                "particular",
                Unwilling.class.getName(),
                "greeter",
                Copycat.class.getName(),
                Broken.class.getName()));

    assertThat(many.plugins())
        .singleElement()
        .satisfies(plugin -> assertThat(plugin.id()).isEqualTo("greeter"));
    assertThat(leftOut)
        .extracting(Throwable::getMessage)
        .satisfiesExactly(
            particular ->
                assertThat(particular)
                    .isEqualTo(
                        "cannot load plugin particular: plugin.particular.folder: /nowhere is no"
                            + " folder"),
            unwilling -> assertThat(unwilling).contains("Unwilling", "its start failed", "no port"),
            copycat -> assertThat(copycat).contains("Copycat", "greetings"),
            broken -> assertThat(broken).contains("Broken", "its constructor failed", "no luck"));
    assertThat(many.notLoaded())
        .extracting(Administration.NotLoaded::source)
        .containsExactlyInAnyOrder(
            "particular",
            Unwilling.class.getName(),
            Copycat.class.getName(),
            Broken.class.getName());
  }

  @Test
  void anInspectionFindsWhatIsWrongWithTheConstructorOfABundledPlugin() {
    assertThat(
            host(Map.of("broken", Broken.class.getName(), "greeter", Greeter.class.getName()))
                .inspect(List.of("greeter", "broken")))
        .singleElement()
        .satisfies(text ->
            assertThat(text)
                .startsWith("broken: its constructor failed: java.lang.IllegalStateException: no"));
    assertThat(engine.registered()).isZero();
  }

  @Test
  void aNameThatIsThereTwiceKeepsAllFromBeingLoaded() {
    assertThatThrownBy(() -> host.loadAll(List.of("greeter", "greeter")))
        .hasMessageContaining("it is loaded already");
    assertThat(host.plugins()).isEmpty();
  }

  @Test
  void aReloadThatFailsKeepsTheOldOne() throws Throwable {
    host.load(Once.class.getName());
    assertThatThrownBy(() -> host.reload("once")).hasMessageContaining("only once");
    assertThat(host.plugins()).hasSize(1);
  }

  @Test
  void aReloadStartsAnew() throws Throwable {
    host.load("greeter");
    engine.happens(joined("ann"));
    host.reload("greeter");
    assertThat(engine.command("greetings")).isEqualTo("0");
    assertThat(engine.said).containsExactly("Hi ann!");
  }

  @Test
  void whatCannotBeFoundIsSaid() {
    assertThatThrownBy(() -> host.load("greter\r\nQUIT"))
        .hasMessage(
            "cannot load plugin greter\\u000d\\u000aQUIT: there is no such plugin; bundled are"
                + " greeter");
    assertThatThrownBy(() -> host.load("java.lang.String"))
        .hasMessageContaining("does not implement");
    assertThatThrownBy(() -> host.load("dev.acme.Nothing"))
        .hasMessageContaining("there is no class dev.acme.Nothing");
    assertThatThrownBy(() -> host.unload("greeter")).hasMessageContaining("it is not loaded");
    host.load("greeter");
    assertThatThrownBy(() -> host.load("greeter")).hasMessageContaining("it is loaded already");
  }

  @Test
  void closingUnloadsTheLastFirst() {
    host.load("greeter");
    host.load(Moody.class.getName());
    host.close();
    assertThat(host.plugins()).isEmpty();
    assertThat(engine.registered() + timers.waiting()).isZero();
  }

  @Test
  void pluginsThatDoNotStopHoldUpTheEndFiveSecondsInAll() {
    host.load(Stubborn.class.getName());
    host.load(StubbornToo.class.getName());
    long begin = System.nanoTime();
    host.close();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
    assertThat(engine.faults).hasSize(2).allMatch(fault -> fault.contains("took too long"));
    assertThat(host.plugins()).isEmpty();
  }

  private PluginHost host(Map<String, String> bundled) {
    SettingsSource source =
        new SettingsSource() {
          @Override
          public <R extends Record> R read(String plugin, Class<R> type) {
            return type.cast(new Words("hoot"));
          }
        };
    return new PluginHost(
        new PluginHostSettings(Path.of("nowhere"), bundled, source), engine, engine, timers);
  }

  private static ChatEvent joined(String who) {
    return new MemberJoined(Origin.live("1", Instant.EPOCH), ROOM, Member.unverified(who));
  }

  public static final class Greeter implements Plugin {
    private final Bot bot;
    private final Store store;
    private int greetings;

    @Inject
    Greeter(Bot bot, Store store, Scheduler scheduler, Clock clock, Logger log) {
      this.bot = bot;
      this.store = store;
      scheduler.after(Duration.ofDays(1000), () -> {});
      log.debug("made at {}", clock.instant());
    }

    @On
    public void greet(MemberJoined joined) {
      greetings++;
      bot.say(joined.where(), "Hi " + joined.member().displayName() + "!");
    }

    @Command("greetings")
    public String greetings() {
      return Integer.toString(greetings);
    }

    @Every("5m")
    public void tick() {
      bot.say(ROOM, "tick");
    }

    @Cron(value = "30 9 * * *", zone = "Europe/Paris")
    public void morning() {
      bot.say(ROOM, "good morning");
    }

    @Override
    public void stop() {
      store.put("stopped", "yes");
    }
  }

  static final class Moody implements Plugin {
    private final Clock clock;

    @Inject
    Moody(Clock clock) {
      this.clock = clock;
    }

    @On
    public void joined(MemberJoined joined) throws java.io.IOException {
      if (joined.member().handle().equals("ann")) {
        throw new java.io.IOException("moody");
      }
    }

    @Every("1s")
    public void tick() {
      if (clock.instant().isBefore(Instant.parse("2026-11-23T00:00:00Z"))) {
        throw new IllegalStateException("not today");
      }
    }
  }

  static final class Guard implements Plugin {
    @On(priority = -1)
    public Handled all(ChatEvent event) {
      return Handled.STOP;
    }
  }

  static final class Wrong implements Plugin {
    @On
    void hidden(MemberJoined joined) {}

    @On
    public void none() {}

    @On
    public void text(String text) {}

    @On
    public int number(ChatEvent event) {
      return 1;
    }

    @Every("sometimes")
    public void often() {}

    @Every("1s")
    public void given(String what) {}

    @Cron("61 * * * *")
    public void late() {}

    @Cron(value = "1 * * * *", zone = "Mars/Olympus")
    public void far() {}
  }

  static final class Unwilling implements Plugin {
    @Inject
    Unwilling(Scheduler scheduler) {
      scheduler.every(Duration.ofSeconds(1), () -> {});
    }

    @Override
    public void start() throws java.io.IOException {
      throw new java.io.IOException("no port");
    }
  }

  static final class Broken implements Plugin {
    @Inject
    Broken() {
      throw new IllegalStateException("no luck");
    }
  }

  static final class Particular implements Plugin {
    @Override
    public void start() {
      throw new SettingException("folder", "/nowhere is no folder");
    }
  }

  static final class Copycat implements Plugin {
    @Command("greetings")
    public String greetings() {
      return "mine";
    }
  }

  @Settings
  record Words(String word) {}

  static final class Configured implements Plugin {
    @Inject
    Configured(Words words, Store store) {
      store.put("word", words.word());
    }
  }

  static final class Once implements Plugin {
    @Inject
    Once(Store store) {
      if (store.get("made").isPresent()) {
        throw new IllegalStateException("only once");
      }
      store.put("made", "yes");
    }
  }

  static final class VeryShyPlugin implements Plugin {}

  static final class Stubborn implements Plugin {
    @Override
    public void stop() throws InterruptedException {
      new CountDownLatch(1).await();
    }
  }

  static final class StubbornToo implements Plugin {
    @Override
    public void stop() throws InterruptedException {
      new CountDownLatch(1).await();
    }
  }
}
