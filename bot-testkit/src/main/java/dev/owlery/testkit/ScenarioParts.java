package dev.owlery.testkit;

import dev.owlery.api.chat.AccountId;
import dev.owlery.core.Engine;
import dev.owlery.core.EngineSettings;
import dev.owlery.core.permission.PermissionSettings;
import dev.owlery.core.permission.RolePermissions;
import dev.owlery.core.plugin.PluginHostSettings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * What outlives a restart of the bot in a scenario, and how an engine is made of it.
 *
 * @param clock the bot's and the networks' time
 * @param networks by account, the first one first
 * @param settings the engine's
 * @param hosting where plugins come from
 * @param permissions who may do what
 * @param plugins which to load
 * @param journal where events and actions are kept
 * @param http the port
 */
record ScenarioParts(
    ManualClock clock,
    Map<AccountId, FakeNetwork> networks,
    EngineSettings settings,
    PluginHostSettings hosting,
    PermissionSettings permissions,
    List<String> plugins,
    ScenarioJournal journal,
    FakeHttp http) {

  Engine start() {
    Engine engine =
        new Engine(
            settings, hosting, new RolePermissions(permissions), journal.open(), clock.share());
    engine.listen(http.lease());
    networks.forEach(
        (account, network) -> engine.add(account, network.connect(engine.context(account))));
    startWithAll(engine, plugins);
    return engine;
  }

  /** A bot goes on without a plugin that does not load; a test does not. */
  static void startWithAll(Engine engine, List<String> plugins) {
    List<IllegalArgumentException> leftOut = engine.start(plugins);
    if (!leftOut.isEmpty()) {
      engine.stop();
      throw leftOut.getFirst();
    }
  }

  /** Cuts the bot off from everything, then lets what is left of it die in the background. */
  void kill(Engine engine) {
    journal.cut();
    networks.values().forEach(FakeNetwork::forgetsBot);
    http.close();
    Thread.ofVirtual().name("dying bot").start(engine::stop);
  }

  boolean isRecorded() {
    return networks.values().stream()
        .map(FakeNetwork::recording)
        .map(stage -> stage.toCompletableFuture())
        .allMatch(CompletableFuture::isDone);
  }

  /** How much has happened so far: a figure that stands still is a bot at rest. */
  long happened() {
    return networks.values().stream().mapToLong(network -> network.chronicle().size()).sum();
  }

  void close() {
    journal.close();
  }
}
