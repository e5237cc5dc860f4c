package dev.owlery.core.plugin;

import dev.owlery.api.action.Action;
import dev.owlery.api.action.Receipt;
import dev.owlery.api.action.Say;
import dev.owlery.api.adapter.AccountState;
import dev.owlery.api.adapter.Adapter;
import dev.owlery.api.adapter.Capability;
import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.command.CommandCall;
import dev.owlery.api.command.CommandInfo;
import dev.owlery.api.command.Commands;
import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.event.ItemPublished;
import dev.owlery.api.file.Transfers;
import dev.owlery.api.http.Http;
import dev.owlery.api.plugin.Administration;
import dev.owlery.api.plugin.Bot;
import dev.owlery.api.plugin.Handled;
import dev.owlery.api.plugin.Store;
import dev.owlery.api.procedure.ProcedureCall;
import dev.owlery.api.procedure.Procedures;
import dev.owlery.api.topic.TopicPattern;
import dev.owlery.api.topic.Topics;
import dev.owlery.core.account.Accounts;
import dev.owlery.core.http.HttpRoutes;
import dev.owlery.core.lane.Incidents;
import dev.owlery.core.procedure.ProcedureBody;
import dev.owlery.core.procedure.ProcedureClient;
import dev.owlery.core.procedure.ProcedureMethod;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.incendo.cloud.annotations.Command;

/** As much of an engine as a plugin host needs: it keeps what is registered and calls it. */
final class FakeEngine implements Registrar, Services, Commands, Administration {

  private record Entry(
      String plugin, Class<?> type, int priority, EventHandler<ChatEvent> handler) {}

  final List<String> said = new ArrayList<>();
  final List<String> faults = new ArrayList<>();
  final Map<String, Map<String, String>> stores = new HashMap<>();
  final Map<String, Object> commands = new TreeMap<>();
  final Map<String, ProcedureBody> procedures = new TreeMap<>();

  /** What the command framework does with an object before its commands are registered. */
  Consumer<Object> reader = object -> {};

  PluginWatchdog watch = new PluginWatchdog(0, plugin -> {});

  private final Map<String, String> procedureOwners = new HashMap<>();
  private final List<Entry> handlers = new ArrayList<>();

  @Override
  public <E extends ChatEvent> void handler(
      String plugin, String method, Class<E> type, int priority, EventHandler<E> handler) {
    handlers.add(new Entry(plugin, type, priority, event -> handler.handle(type.cast(event))));
    handlers.sort(Comparator.comparingInt(Entry::priority));
  }

  @Override
  public void commands(String plugin, Object object) {
    reader.accept(object);
    for (Method method : object.getClass().getMethods()) {
      Command command = method.getAnnotation(Command.class);
      if (command != null && commands.containsKey(command.value())) {
        throw new IllegalArgumentException("two commands " + command.value());
      }
    }
    commands.put(plugin, object);
    for (Method method : object.getClass().getMethods()) {
      Command command = method.getAnnotation(Command.class);
      if (command != null) {
        commands.put(command.value(), object);
      }
    }
  }

  @Override
  public void procedure(String plugin, ProcedureMethod method, ProcedureBody body) {
    procedures.put(method.name(), body);
    procedureOwners.put(method.name(), plugin);
  }

  @Override
  public void remove(String plugin) {
    procedures.keySet().removeIf(name -> plugin.equals(procedureOwners.get(name)));
    handlers.removeIf(entry -> entry.plugin().equals(plugin));
    Object object = commands.remove(plugin);
    commands.values().removeIf(other -> other.equals(object));
  }

  /** Hands an event to the handlers, as a lane does. */
  void happens(ChatEvent event) throws Exception {
    for (Entry entry : List.copyOf(handlers)) {
      if (entry.type().isInstance(event) && handle(entry, event) == Handled.STOP) {
        return;
      }
    }
  }

  private static Handled handle(Entry entry, ChatEvent event) throws Exception {
    try {
      return entry.handler().handle(event);
    } catch (Exception | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /** Runs a command without arguments. */
  Object command(String syntax) throws Exception {
    Object object = commands.get(syntax);
    for (Method method : object.getClass().getMethods()) {
      Command command = method.getAnnotation(Command.class);
      if (command != null && command.value().equals(syntax)) {
        method.setAccessible(true);
        return invoke(object, method);
      }
    }
    throw new AssertionError("no command " + syntax);
  }

  private static Object invoke(Object object, Method method) throws Exception {
    try {
      return method.invoke(object);
    } catch (InvocationTargetException e) {
      throw new AssertionError(e.getCause());
    }
  }

  /** Calls a procedure that takes the call and a list. */
  Object procedure(String name) throws Exception {
    ProcedureCall call = new ProcedureCall(new AccountId("net"), "peer", name, List.of());
    try {
      return procedures.get(name).call(new Object[] {call, List.of()});
    } catch (Exception | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  int registered() {
    return handlers.size() + commands.size() + procedures.size();
  }

  @Override
  public void fault(String pluginId, String doing, Throwable fault) {
    faults.add(pluginId + ": " + doing + ": " + fault);
  }

  @Override
  public Bot bot(String pluginId) {
    return new FakeBot();
  }

  @Override
  public Store store(String pluginId) {
    Map<String, String> map = stores.computeIfAbsent(pluginId, id -> new TreeMap<>());
    return new FakeStore(map);
  }

  @Override
  public void topic(
      String plugin, String method, TopicPattern pattern, EventHandler<ItemPublished> handler) {
    handler(plugin, method, ItemPublished.class, 0, handler);
  }

  @Override
  public Transfers transfers() {
    return (Transfers)
        Proxy.newProxyInstance(
            FakeEngine.class.getClassLoader(),
            new Class<?>[] {Transfers.class},
            (proxy, method, arguments) -> {
              throw new UnsupportedOperationException("no files here");
            });
  }

  @Override
  public Topics topics() {
    return (Topics)
        Proxy.newProxyInstance(
            FakeEngine.class.getClassLoader(),
            new Class<?>[] {Topics.class},
            (proxy, method, arguments) -> {
              throw new UnsupportedOperationException();
            });
  }

  @Override
  public Http http(String pluginId) {
    return new HttpRoutes(new Incidents()).of(pluginId);
  }

  @Override
  public Commands commands() {
    return this;
  }

  @Override
  public Procedures procedures() {
    Accounts accounts = new Accounts();
    accounts.add(new AccountId("net"), withoutProcedures());
    return new ProcedureClient(accounts, new HandTimers(), Duration.ofSeconds(1), () -> List.of());
  }

  private static Adapter withoutProcedures() {
    return (Adapter)
        Proxy.newProxyInstance(
            Adapter.class.getClassLoader(),
            new Class<?>[] {Adapter.class},
            InvocationHandler::invokeDefault);
  }

  @Override
  public Administration administration() {
    return this;
  }

  @Override
  public List<CommandInfo> all() {
    return List.of();
  }

  @Override
  public Decision decide(CommandCall call, CommandInfo command) {
    return new Decision(false, "");
  }

  @Override
  public List<String> like(String input) {
    return List.of();
  }

  @Override
  public Map<AccountId, AccountState> accounts() {
    return Map.of();
  }

  @Override
  public List<PluginState> plugins() {
    return List.of();
  }

  @Override
  public PluginState load(String name) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void unload(String id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public PluginState reload(String id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public PluginWatchdog watch() {
    return watch;
  }

  @Override
  public Optional<DeadEvent> deadEvent(long number) {
    return Optional.empty();
  }

  @Override
  public List<DeadEvent> deadEvents() {
    return List.of();
  }

  @Override
  public void retryEvent(long number) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void dropEvent(long number) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<DeadLetter> deadLetters() {
    return List.of();
  }

  @Override
  public void retry(long number) {}

  @Override
  public void drop(long number) {}

  @Override
  public Health health() {
    throw new UnsupportedOperationException();
  }

  private record FakeStore(Map<String, String> map) implements Store {
    @Override
    public Optional<String> get(String key) {
      return Optional.ofNullable(map.get(key));
    }

    @Override
    public void put(String key, String value) {
      map.put(key, value);
    }

    @Override
    public void remove(String key) {
      map.remove(key);
    }

    @Override
    public Map<String, String> entries(String prefix) {
      return map;
    }
  }

  private final class FakeBot implements Bot {
    @Override
    public void asOne(Runnable work) {
      work.run();
    }

    @Override
    public <D extends dev.owlery.api.adapter.Door> java.util.Optional<D> door(
        AccountId account, Class<D> type) {
      return java.util.Optional.empty();
    }

    @Override
    public String name() {
      return "owl";
    }

    @Override
    public CompletionStage<Receipt> perform(Action action) {
      if (action instanceof Say say) {
        said.add(say.content().plain());
      }
      return new CompletableFuture<>();
    }

    @Override
    public Conversation locate(String address) {
      throw new IllegalArgumentException(address);
    }

    @Override
    public List<AccountId> accounts() {
      return List.of();
    }

    @Override
    public Member self(AccountId account) {
      return Member.self("owl");
    }

    @Override
    public boolean can(AccountId account, Capability capability) {
      return false;
    }

    @Override
    public List<Conversation> rooms(AccountId account) {
      return List.of();
    }

    @Override
    public List<Member> members(Conversation room) {
      return List.of();
    }
  }
}
