package dev.owlery.core;

import dev.owlery.api.adapter.Adapter;
import dev.owlery.api.adapter.AdapterContext;
import dev.owlery.api.chat.AccountId;
import dev.owlery.api.command.Commands;
import dev.owlery.api.event.FileOffered;
import dev.owlery.api.event.ItemPublished;
import dev.owlery.api.file.Transfers;
import dev.owlery.api.plugin.Administration;
import dev.owlery.api.plugin.Bot;
import dev.owlery.core.account.AccountPort;
import dev.owlery.core.account.Accounts;
import dev.owlery.core.command.CommandRouter;
import dev.owlery.core.file.TransferService;
import dev.owlery.core.filter.Filters;
import dev.owlery.core.http.HttpListener;
import dev.owlery.core.http.HttpRoutes;
import dev.owlery.core.inbox.Inbox;
import dev.owlery.core.journal.Journal;
import dev.owlery.core.journal.Journal.Recovery;
import dev.owlery.core.lane.Handlers;
import dev.owlery.core.lane.Incidents;
import dev.owlery.core.lane.Lanes;
import dev.owlery.core.outbox.Outbox;
import dev.owlery.core.permission.Permissions;
import dev.owlery.core.plugin.PluginHost;
import dev.owlery.core.plugin.PluginHostSettings;
import dev.owlery.core.plugin.PluginWatchdog;
import dev.owlery.core.procedure.ProcedureClient;
import dev.owlery.core.procedure.ProcedureServer;
import dev.owlery.core.schedule.Timers;
import dev.owlery.core.topic.TopicAccount;
import dev.owlery.core.topic.TopicExchange;
import dev.owlery.core.work.BotView;
import dev.owlery.core.work.Committer;
import dev.owlery.core.work.JournalStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bot: all stations of the ring, put together. Made once, given its accounts by {@link #add},
 * started once, stopped once; afterwards it is of no more use. After the start every method may be
 * called from any thread.
 */
public final class Engine {

  private static final Logger log = LoggerFactory.getLogger(Engine.class);
  private static final Duration HANDLERS_STOP = Duration.ofSeconds(5);
  private static final Duration OUTBOX_STOP = Duration.ofSeconds(3);

  private final EngineSettings settings;
  private final Journal journal;
  private final Timers timers;
  private final Accounts accounts = new Accounts();
  private final PluginWatchdog watch;
  private final Incidents incidents = new Incidents();
  private final HttpRoutes routes = new HttpRoutes(incidents);
  private final Outbox outbox;
  private final Committer committer;
  private final CommandRouter commands;
  private final Handlers handlers;
  private final Lanes lanes;
  private final Inbox inbox;
  private final BotView bot;
  private final PluginHost plugins;
  private final Administration administration;
  private final AdapterCallbacks ring;
  private final Quiescence quiescence;
  private final AdminAlerts notices;
  private final TopicExchange topics;
  private final TransferService transfers;
  private final ReentrantLock opening = new ReentrantLock();
  private boolean stopped; // guarded by opening

  /**
   * Puts the stations together. Nothing runs yet.
   *
   * @param settings what the engine needs to know
   * @param hosting where plugins come from
   * @param permissions who may do what
   * @param journal where events and actions are kept; closed by {@link #stop}
   * @param timers the time; closed by {@link #stop}
   */
  public Engine(
      EngineSettings settings,
      PluginHostSettings hosting,
      Permissions permissions,
      Journal journal,
      Timers timers) {
    this.settings = settings;
    this.journal = journal;
    this.timers = timers;
    this.watch = new PluginWatchdog(settings.failureLimit(), this::pause);
    Filters filters = new Filters(timers.clock(), settings.commandsPerMinute(), permissions);
    this.notices = new AdminAlerts(settings.notices());
    this.outbox = new Outbox(journal, timers, settings.outbox(), notices);
    this.committer = new Committer(journal, outbox, accounts, timers, filters::passes);
    this.bot = new BotView(settings.name(), accounts, committer);
    notices.useBot(bot);
    this.commands = new CommandRouter(settings.commands(), permissions, timers.clock());
    this.handlers = new Handlers(settings.failureLimit(), watch);
    this.lanes =
        new Lanes(
            settings.lanes(),
            timers,
            filters,
            handlers,
            commands,
            committer,
            incidents,
            accounts,
            this::pause);
    this.inbox = new Inbox(journal, lanes);
    ProcedureServer procedures =
        new ProcedureServer(settings.procedures(), committer, incidents, timers);
    this.topics =
        new TopicExchange(
            settings.topics(),
            accounts,
            bot,
            committer,
            space -> store(space, true),
            timers,
            notices::notify);
    handlers.add("topics", ItemPublished.class, Integer.MAX_VALUE, topics::tell);
    TopicAccount published = new TopicAccount(inbox::publish);
    addInternal(TopicAccount.ID, published);
    this.transfers =
        new TransferService(settings.files(), accounts, journal, committer, timers, inbox::publish);
    handlers.add("files", FileOffered.class, Integer.MAX_VALUE, transfers::offered);
    this.quiescence = new Quiescence(committer, transfers, outbox, lanes, inbox, watch);
    this.ring =
        new AdapterCallbacks(
            accounts,
            inbox,
            outbox,
            journal,
            commands,
            procedures,
            topics,
            transfers,
            timers,
            new AccountAlerts(notices::notify, timers.clock()),
            quiescence::isQuietEnough);
    this.administration =
        new EngineAdministration(
            timers.clock(), accounts, inbox, outbox, journal, incidents, routes, this::plugins);
    this.plugins =
        new PluginHost(
            hosting,
            new EngineRegistrar(handlers, commands, procedures, topics),
            new EngineServices(
                bot,
                id -> store("plugin." + id, true),
                commands,
                new ProcedureClient(
                    accounts, timers, settings.procedures().patience(), procedures::names),
                administration,
                incidents,
                routes,
                topics,
                transfers,
                watch),
            timers);
  }

  /**
   * The core's side of an account, for making its adapter.
   *
   * @param account the account
   * @return its context
   */
  public AdapterContext context(AccountId account) {
    return new AccountPort(
        account,
        "Owlery " + settings.version(),
        timers.clock(),
        store("account." + account, false),
        routes.of("account " + account),
        ring);
  }

  /**
   * Gives the port for HTTP, before accounts are added. Without one there are no routes.
   *
   * @param listener opened when the first route appears, closed by {@link #stop}
   */
  public void listen(HttpListener listener) {
    routes.listen(listener);
  }

  /**
   * Adds an account, before the start.
   *
   * @param account its name
   * @param adapter made with {@link #context}
   */
  public void add(AccountId account, Adapter adapter) {
    accounts.add(account, adapter);
    outbox.attach(account, adapter);
  }

  /**
   * Adds an account that nobody configures, before the start: it is always online, and in no list.
   *
   * @param account its name
   * @param adapter made with {@link #context}
   */
  public void addInternal(AccountId account, Adapter adapter) {
    accounts.addInternal(account, adapter);
    outbox.attach(account, adapter);
  }

  /**
   * Loads the plugins, takes up what an earlier process left, and starts the accounts after that.
   *
   * @param names the plugins, in order; administrators are told of those that do not load
   * @return why each plugin that was left out did not load; the texts are fit for a user
   * @throws IllegalArgumentException as {@link PluginHost#loadAll}; nothing has been started then
   */
  public List<IllegalArgumentException> start(List<String> names) {
    Recovery recovery = journal.recover();
    transfers.restore();
    watch.start();
    List<IllegalArgumentException> leftOut = loaded(names);
    outbox.restore(recovery.actions().stream().filter(this::hasAccount).toList());
    lanes.start();
    topics.begin();
    transfers.begin();
    recovery.untold().forEach(dead -> notices.putAside(dead, journal.attempts()));
    leftOut.forEach(why -> notices.notify("I run without a plugin: " + why.getMessage()));
    var _ = inbox.replay(recovery, this::open).exceptionally(ring::failed);
    return leftOut;
  }

  private List<IllegalArgumentException> loaded(List<String> names) {
    try {
      return plugins.loadAll(names);
    } catch (IllegalArgumentException e) {
      watch.close();
      throw e;
    }
  }

  /** Not before what is left from before is in its lanes: what comes in now comes after it. */
  private void open() {
    opening.lock();
    try {
      if (!stopped) {
        accounts.internal().forEach(outbox::online);
        accounts.start();
        routes.begin();
      }
    } finally {
      opening.unlock();
    }
  }

  /**
   * Its plugins.
   *
   * @return the host
   */
  public PluginHost plugins() {
    return plugins;
  }

  /**
   * Completes once every account is online, or has come to its end.
   *
   * @return the stage; as {@link #finished} if the start fails
   */
  public CompletionStage<Void> ready() {
    return ring.ready();
  }

  /**
   * Completes when every account has come to its end by itself, or needs a person, and all that
   * came in has been answered.
   *
   * @return the stage; completes exceptionally if what {@link #start} left to a thread has failed,
   *     or what was left to do could not be written down for ten seconds, because the disk is full
   */
  public CompletionStage<Void> finished() {
    return ring.finished();
  }

  /**
   * Whether nothing is being handled and nothing waits to be sent.
   *
   * @return true at a moment of rest; commands that wait for an answer do not count
   */
  public boolean quiet() {
    return quiescence.isQuiet();
  }

  /**
   * What an administrator looks at and turns.
   *
   * @return the view
   */
  public Administration administration() {
    return administration;
  }

  /**
   * All commands.
   *
   * @return the view
   */
  public Commands commands() {
    return commands;
  }

  /**
   * Files to and from others.
   *
   * @return the view
   */
  public Transfers transfers() {
    return transfers;
  }

  /**
   * The bot, as code outside of plugins sees it.
   *
   * @return the view
   */
  public Bot bot() {
    return bot;
  }

  /**
   * Stops: begins nothing new, lets handlers finish (5 s at most), lets the outbox send (3 s at
   * most), ends plugins and connections, closes the journal. What is left is taken up by the next
   * start.
   */
  public void stop() {
    boolean interrupted = false;
    shut();
    try {
      if (!lanes.stop(HANDLERS_STOP)) {
        log.warn("some handlers are still running; what they do is lost");
      }
      transfers.close();
      plugins.close();
      outbox.quiet().toCompletableFuture().get(OUTBOX_STOP.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    } catch (ExecutionException | TimeoutException e) {
      log.info("what has not been sent yet is kept for the next start");
    }
    lanes.close();
    watch.close();
    accounts.close();
    outbox.close();
    journal.close();
    timers.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void shut() {
    opening.lock();
    try {
      stopped = true;
      routes.close();
    } finally {
      opening.unlock();
    }
  }

  private JournalStore store(String space, boolean joinsUnits) {
    return new JournalStore(journal, committer, space, joinsUnits);
  }

  private void pause(String plugin) {
    handlers.pause(plugin);
    plugins.pause(plugin);
    log.warn("plugin {} keeps failing and is paused", plugin);
    notices.notify("Plugin " + plugin + " keeps failing; I have paused it.");
  }

  private boolean hasAccount(Journal.OutboxEntry entry) {
    boolean known = accounts.knows(entry.account());
    if (!known) {
      journal.deadLetter(
          entry.number(), "the account " + entry.account() + " is no longer configured");
    }
    return known;
  }
}
