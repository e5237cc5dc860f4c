package dev.owlery.launcher.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import dev.owlery.api.adapter.AdapterProvider;
import dev.owlery.api.chat.AccountId;
import dev.owlery.core.permission.PermissionSettings;
import dev.owlery.core.plugin.SettingsSource;
import dev.owlery.core.procedure.ProcedureSettings;
import dev.owlery.core.topic.TopicSettings;
import dev.owlery.web.HttpSettings;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads configurations. Immutable; may be used from any thread.
 *
 * <p>A configuration is read whole or not at all: every fault is collected first.
 */
public final class ConfigurationReader {

  /** Read when the user names no file. */
  public static final String STANDARD_FILE = "bot.conf";

  /** How many bytes a file may have. */
  static final int LONGEST = 1 << 20;

  static final Set<String> BLOCKS =
      Set.of(
          "bot",
          "accounts",
          "plugins",
          "plugin",
          "limits",
          "permissions",
          "procedures",
          "topics",
          "telling",
          "http",
          "files");

  /** Loaded if the configuration does not say what to load: they ask nothing of anybody. */
  static final List<String> SAFE_PLUGINS = List.of("help", "echo", "uptime", "poll", "admin");

  private static final String WITHOUT_FILE =
      """
      bot { durability = off }
      accounts { here { protocol = console } }
      limits { commands-per-minute = 0 }
      """;

  private final Map<String, AdapterProvider> protocols = new TreeMap<>();
  private final Map<String, String> bundled;
  private final Map<String, String> environment;

  /**
   * Prepares for reading.
   *
   * @param providers the adapters that there are
   * @param bundled the bundled plugins' classes by short name
   * @param environment the environment variables that a file may refer to
   */
  public ConfigurationReader(
      Collection<AdapterProvider> providers,
      Map<String, String> bundled,
      Map<String, String> environment) {
    providers.forEach(provider -> protocols.put(provider.protocol(), provider));
    this.bundled = Map.copyOf(bundled);
    this.environment = Map.copyOf(environment);
  }

  /**
   * The configuration of a bot without a file: it chats in the terminal and writes nothing down.
   *
   * @return the configuration
   * @throws FaultyConfiguration if there is no console adapter
   */
  public Configuration withoutFile() throws FaultyConfiguration {
    return read(
        new Document(ConfigFactory.parseString(WITHOUT_FILE).root(), Map.of()),
        "built in",
        new ConfigFaults("built in"),
        false);
  }

  /**
   * Reads a file.
   *
   * @param file HOCON
   * @return the configuration
   * @throws FaultyConfiguration with all faults, if there are any
   */
  public Configuration read(Path file) throws FaultyConfiguration {
    return read(file, false);
  }

  /**
   * Reads a file, and looks at what takes time to know: whether the permissions that it grants are
   * such as the bundled plugins ask for.
   *
   * @param file HOCON
   * @return the configuration
   * @throws FaultyConfiguration with all faults, if there are any
   */
  public Configuration check(Path file) throws FaultyConfiguration {
    return read(file, true);
  }

  private Configuration read(Path file, boolean isThorough) throws FaultyConfiguration {
    ConfigFaults faults = new ConfigFaults(file.toString());
    Optional<Document> document = Document.read(file, environment, faults);
    if (document.isEmpty()) {
      faults.throwIfAny();
    }
    return read(document.orElseThrow(), file.toString(), faults, isThorough);
  }

  /**
   * Reads the block {@code bot} of a file, whatever is wrong with the rest.
   *
   * @param file HOCON
   * @return the block
   * @throws FaultyConfiguration if the file cannot be read, or the block has faults
   */
  public BotSettings readBot(Path file) throws FaultyConfiguration {
    ConfigFaults faults = new ConfigFaults(file.toString());
    Optional<Document> document = Document.read(file, environment, faults);
    if (document.isEmpty()) {
      faults.throwIfAny();
    }
    Optional<BotSettings> bot =
        new RecordBinder(document.orElseThrow(), faults)
            .bind(
                BotSettings.class,
                block(new Block("", document.orElseThrow().root()), "bot", faults));
    faults.throwIfAny();
    return bot.orElseThrow();
  }

  /**
   * Reads a plugin's block that is in no file.
   *
   * @param plugin a bundled plugin
   * @param block its keys and values
   * @return fills the plugin's records
   * @throws FaultyConfiguration with all faults, if there are any
   */
  public SettingsSource pluginSettings(String plugin, Map<String, Object> block)
      throws FaultyConfiguration {
    String origin = "the command line";
    ConfigFaults faults = new ConfigFaults(origin);
    Document document =
        new Document(
            ConfigFactory.parseMap(Map.of("plugin", Map.of(plugin, block)), origin).root(),
            Map.of());
    PluginBlocks blocks =
        new PluginBlocks(
            document,
            origin,
            new PluginNames(
                bundled, Path.of("plugins.d"), ConfigurationReader.class.getClassLoader()));
    blocks.check(List.of(plugin), faults);
    faults.throwIfAny();
    return blocks;
  }

  private Configuration read(
      Document document, String file, ConfigFaults faults, boolean isThorough)
      throws FaultyConfiguration {
    RecordBinder binder = new RecordBinder(document, faults);
    Block root = new Block("", document.root());
    binder.reportUnknown(root, BLOCKS);
    Optional<BotSettings> bot = binder.bind(BotSettings.class, block(root, "bot", faults));
    Optional<LimitSettings> limits =
        binder.bind(LimitSettings.class, block(root, "limits", faults));
    Block accountsBlock = block(root, "accounts", faults);
    AccountBlocks accountReader = new AccountBlocks(protocols, binder, faults);
    List<Configuration.AccountConfiguration> accounts = accountReader.read(accountsBlock);
    Optional<PermissionSettings> permissions =
        new PermissionBlock(binder, faults, accountReader.byName())
            .read(
                root.value("permissions").map(value -> block(root, "permissions", faults)),
                new TreeSet<>(accountsBlock.keys()),
                consoles(accounts));
    Optional<ProcedureSettings> procedures =
        new ProcedureBlock(binder, faults)
            .read(block(root, "procedures", faults), new TreeSet<>(accountsBlock.keys()));
    TopicSettings topics =
        new TopicBlock(binder, faults)
            .read(
                block(root, "topics", faults),
                block(root, "telling", faults),
                new TreeSet<>(accountsBlock.keys()));
    block(root, "plugin", faults);
    Optional<HttpSettings> http =
        root.value("http")
            .flatMap(value -> binder.bind(HttpSettings.class, block(root, "http", faults)));
    Optional<FileLimits> files = binder.bind(FileLimits.class, block(root, "files", faults));
    bot.ifPresent(settings -> checkAlerts(settings, document, accountsBlock.keys(), faults));
    List<String> plugins = plugins(root, new SettingReader(binder, faults));
    Path pluginsDir = bot.map(BotSettings::pluginsDir).orElse(Path.of("plugins.d"));
    PluginBlocks pluginBlocks =
        new PluginBlocks(
            document,
            file,
            new PluginNames(bundled, pluginsDir, ConfigurationReader.class.getClassLoader()));
    pluginBlocks.check(plugins, faults);
    if (isThorough) {
      grants(document)
          .ifPresent(grants ->
              new KnownPermissions(pluginBlocks.permissions(bundled.keySet()))
                  .check(grants, faults));
    }
    faults.throwIfAny();
    return new Configuration(
        bot.orElseThrow(),
        accounts,
        plugins,
        bundled,
        pluginBlocks,
        limits.orElseThrow(),
        permissions.orElseThrow(),
        procedures.orElseThrow(),
        topics,
        http,
        files.orElseThrow(),
        faults.warnings());
  }

  private static void checkAlerts(
      BotSettings bot, Document document, Set<String> accounts, ConfigFaults faults) {
    for (String address : bot.alerts()) {
      String account = address.substring(0, address.indexOf('/'));
      if (!accounts.contains(account)) {
        faults.add(
            new RecordBinder(document, faults)
                .originOf(new Block("", document.root()), "bot.alerts"),
            "bot.alerts",
            "there is no account " + account + Suggestion.nearestOf(account, accounts));
      }
    }
  }

  private static Optional<ConfigObject> grants(Document document) {
    return document.root().get("permissions") instanceof ConfigObject permissions
            && permissions.get("grants") instanceof ConfigObject grants
        ? Optional.of(grants)
        : Optional.empty();
  }

  private static List<AccountId> consoles(List<Configuration.AccountConfiguration> accounts) {
    return accounts.stream()
        .filter(account -> account.provider().protocol().equals("console"))
        .map(Configuration.AccountConfiguration::id)
        .toList();
  }

  private static Block block(Block root, String key, ConfigFaults faults) {
    Optional<ConfigValue> value = root.value(key);
    if (value.isPresent() && value.get() instanceof ConfigObject object) {
      return new Block(key, object);
    }
    value.ifPresent(other -> faults.add(other.origin(), key, "must be a block { ... }"));
    return new Block(key, ConfigFactory.empty().root().withOrigin(root.origin()));
  }

  /** The names to load; without the list's faults, which are reported. */
  @SuppressWarnings("unchecked") // The reader was asked for a list of texts.
  private List<String> plugins(Block root, SettingReader values) {
    Optional<ConfigValue> value = root.value("plugins");
    if (value.isEmpty()) {
      return SAFE_PLUGINS.stream().filter(bundled::containsKey).toList();
    }
    return ((Optional<List<String>>) values.read(value.get(), Texts.TYPE, "plugins"))
        .orElse(List.of());
  }

  /** The type of a list of texts. */
  private record Texts(List<String> texts) {
    static final Type TYPE = Texts.class.getRecordComponents()[0].getGenericType();
  }
}
