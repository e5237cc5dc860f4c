package dev.owlery.testkit;

import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Identity;
import dev.owlery.api.plugin.Plugin;
import dev.owlery.api.topic.TopicPattern;
import dev.owlery.core.EngineSettings;
import dev.owlery.core.command.CommandSettings;
import dev.owlery.core.file.TransferSettings;
import dev.owlery.core.lane.Lanes.LaneSettings;
import dev.owlery.core.outbox.OutboxSettings;
import dev.owlery.core.permission.PermissionSettings;
import dev.owlery.core.plugin.PluginHostSettings;
import dev.owlery.core.procedure.ProcedureSettings;
import dev.owlery.core.topic.DeliveryPolicy;
import dev.owlery.core.topic.TopicSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Describes the bot of a {@link BotScenario} before it starts. Belongs to one thread. */
public final class BotScenarioBuilder {

  private static final String ADMIN = "admin";

  private final Map<String, String> plugins = new LinkedHashMap<>();
  private final Map<Class<?>, Record> settings = new HashMap<>();
  private final List<String> accounts = new ArrayList<>();
  private final List<Consumer<FakeNetwork>> networks = new ArrayList<>();
  private final Map<String, List<String>> grants = new LinkedHashMap<>();
  private final List<String> notices = new ArrayList<>();
  private Optional<Path> sqlite = Optional.empty();
  private Path pluginsDirectory = Path.of("no-plugins.d");
  private Duration patience = Duration.ofSeconds(10);
  private int commandsPerMinute;
  private int linesPerReply;
  private int failureLimit;
  private boolean resendDoubtful = true;
  private ProcedureSettings procedures = ProcedureSettings.standard();
  private final List<TopicSettings.TopicRoute> topics = new ArrayList<>();
  private final Map<String, DeliveryPolicy> telling = new LinkedHashMap<>();
  private UnaryOperator<TransferSettings> files = UnaryOperator.identity();

  BotScenarioBuilder(List<Class<? extends Plugin>> classes) {
    for (Class<? extends Plugin> type : classes) {
      plugin(idOf(type), type);
    }
    grants.put(PermissionSettings.EVERYONE, List.of("view"));
    grants.put(ADMIN, List.of("*"));
  }

  private static String idOf(Class<?> type) {
    return type.getSimpleName().replaceFirst("(?<=.)Plugin$", "").toLowerCase(Locale.ROOT);
  }

  /**
   * Adds a plugin.
   *
   * @param id its name in the configuration
   * @param type its class
   * @return this builder
   */
  public BotScenarioBuilder plugin(String id, Class<? extends Plugin> type) {
    plugins.put(id, type.getName());
    return this;
  }

  /**
   * Gives settings to whichever plugin asks for a record of this class; others get their defaults.
   *
   * @param record the settings
   * @return this builder
   */
  public BotScenarioBuilder settings(Record record) {
    settings.put(record.getClass(), record);
    return this;
  }

  /**
   * Names the accounts, instead of one that is called {@code here}.
   *
   * @param names the first one's conversations need no account in front
   * @return this builder
   */
  public BotScenarioBuilder accounts(String... names) {
    accounts.addAll(List.of(names));
    return this;
  }

  /**
   * Prepares each network before the bot connects.
   *
   * @param preparation called once for each
   * @return this builder
   */
  public BotScenarioBuilder network(Consumer<FakeNetwork> preparation) {
    networks.add(preparation);
    return this;
  }

  /**
   * Grants permissions to a person: whoever is {@linkplain FakeUser#verifiedAs verified} under that
   * name on any account. {@code everyone} may {@code view} unless it is named here.
   *
   * @param person the name, or {@code everyone}
   * @param permissions what they may do
   * @return this builder
   */
  public BotScenarioBuilder grant(String person, String... permissions) {
    grants.put(person, List.of(permissions));
    return this;
  }

  /**
   * Limits how many messages an answer may have before {@code more} is needed.
   *
   * @param lines at most so many; 0, as at first, for no limit
   * @return this builder
   */
  public BotScenarioBuilder linesPerReply(int lines) {
    linesPerReply = lines;
    return this;
  }

  /**
   * Limits how many commands one member may call.
   *
   * @param commands at most so many a minute; 0, as at first, for no limit
   * @return this builder
   */
  public BotScenarioBuilder commandsPerMinute(int commands) {
    commandsPerMinute = commands;
    return this;
  }

  /**
   * Sets how long a handler may keep its room waiting, by the scenario's clock.
   *
   * @param time 10 seconds at first
   * @return this builder
   */
  public BotScenarioBuilder patience(Duration time) {
    patience = time;
    return this;
  }

  /**
   * Pauses a plugin that keeps failing, and tells somebody.
   *
   * @param failures in a row
   * @param notice the address that is told, written {@code account/room}
   * @return this builder
   */
  public BotScenarioBuilder pauseAfter(int failures, String notice) {
    failureLimit = failures;
    notices.add(notice);
    return this;
  }

  /**
   * Gives up what may or may not have been sent, where the network cannot tell, instead of sending
   * it again.
   *
   * @return this builder
   */
  public BotScenarioBuilder neverTwice() {
    resendDoubtful = false;
    return this;
  }

  /**
   * Loads plugins from jars too.
   *
   * @param directory where they lie
   * @return this builder
   */
  public BotScenarioBuilder pluginsDirectory(Path directory) {
    pluginsDirectory = directory;
    return this;
  }

  /**
   * Keeps events and actions as a bot does in production, instead of in memory.
   *
   * @param directory an empty one of the test's
   * @return this builder
   */
  public BotScenarioBuilder sqlite(Path directory) {
    sqlite = Optional.of(directory);
    return this;
  }

  /**
   * Lets somebody call procedures: whose address on the first account matches a pattern.
   *
   * @param from the pattern for addresses
   * @param methods the pattern for procedures' names
   * @return this builder
   */
  public BotScenarioBuilder allowCalls(String from, String methods) {
    String account = accounts.isEmpty() ? "here" : accounts.getFirst();
    List<ProcedureSettings.Rule> rules = new ArrayList<>(procedures.allow());
    rules.add(new ProcedureSettings.Rule(new AccountId(account), from, methods));
    procedures =
        new ProcedureSettings(
            rules, procedures.patience(), procedures.parallel(), procedures.perCaller());
    return this;
  }

  /**
   * Limits how many calls of procedures are served at a time.
   *
   * @param all so many in all
   * @param perCaller so many of one caller
   * @return this builder
   */
  public BotScenarioBuilder parallelCalls(int all, int perCaller) {
    procedures = new ProcedureSettings(procedures.allow(), procedures.patience(), all, perCaller);
    return this;
  }

  /**
   * Has topics told in conversations.
   *
   * @param pattern which topics
   * @param to addresses, written {@code account/room}
   * @return this builder
   */
  public BotScenarioBuilder topic(String pattern, String... to) {
    return topic(pattern, DeliveryPolicy.PLAIN, to);
  }

  /**
   * Has topics told in conversations, in a manner of their own.
   *
   * @param pattern which topics
   * @param manner how
   * @param to addresses, written {@code account/room}
   * @return this builder
   */
  public BotScenarioBuilder topic(String pattern, DeliveryPolicy manner, String... to) {
    topics.add(new TopicSettings.TopicRoute(new TopicPattern(pattern), List.of(to), manner));
    return this;
  }

  /**
   * Has items told in a conversation in a manner of its own, unless a route says otherwise.
   *
   * @param address the conversation, written {@code account/room}
   * @param manner how
   * @return this builder
   */
  public BotScenarioBuilder telling(String address, DeliveryPolicy manner) {
    telling.put(address, manner);
    return this;
  }

  /**
   * Changes how files are carried.
   *
   * @param change makes the settings from the usual ones
   * @return this builder
   */
  public BotScenarioBuilder files(UnaryOperator<TransferSettings> change) {
    files = change;
    return this;
  }

  /**
   * Starts the bot and waits until it is online.
   *
   * @return the running bot
   */
  public BotScenario start() {
    ManualClock clock = new ManualClock();
    Map<AccountId, FakeNetwork> made = new LinkedHashMap<>();
    for (String name : accounts.isEmpty() ? List.of("here") : accounts) {
      AccountId account = new AccountId(name);
      FakeNetwork network = new FakeNetwork(account, clock.clock());
      networks.forEach(preparation -> preparation.accept(network));
      made.put(account, network);
    }
    return new BotScenario(
        new ScenarioParts(
            clock,
            made,
            engine(),
            new PluginHostSettings(pluginsDirectory, plugins, new RecordSettings(settings)),
            permissions(made),
            List.copyOf(plugins.keySet()),
            sqlite
                .<ScenarioJournal>map(
                    directory -> new SqliteScenarioJournal(directory, clock.clock()))
                .orElseGet(() -> new SurvivingJournal(clock.clock())),
            new FakeHttp()));
  }

  private EngineSettings engine() {
    return new EngineSettings(
        "owl",
        "test",
        notices,
        commandsPerMinute,
        failureLimit,
        new CommandSettings("!", Duration.ofMinutes(2), linesPerReply, Duration.ofMinutes(10)),
        new LaneSettings(patience, 10_000),
        new OutboxSettings(10_000, 8, Duration.ofDays(1), resendDoubtful),
        procedures,
        new TopicSettings(topics, telling),
        files.apply(TransferSettings.standard(spool())));
  }

  private Path spool() {
    return sqlite
        .orElseGet(
            () -> Path.of(System.getProperty("java.io.tmpdir"), "owlery-" + UUID.randomUUID()))
        .resolve("spool");
  }

  private PermissionSettings permissions(Map<AccountId, FakeNetwork> made) {
    Map<String, List<Identity>> persons = new LinkedHashMap<>();
    for (String person : grants.keySet()) {
      if (!person.equals(PermissionSettings.EVERYONE)) {
        persons.put(
            person,
            made.keySet().stream()
                .map(account -> new Identity(account, "account:" + person))
                .toList());
      }
    }
    return new PermissionSettings(persons, Map.of(), grants);
  }
}
