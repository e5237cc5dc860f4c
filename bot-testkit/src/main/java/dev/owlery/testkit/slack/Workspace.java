package dev.owlery.testkit.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Who and what is in the workspace. Everything that reads or changes it holds its monitor; events
 * are handed over with the monitor held, so that they leave in the order of the changes.
 */
final class Workspace {
  static final String GENERAL = "general";
  private static final long LOOK_AGAIN_MILLIS = 10;

  private final SlackIds ids;
  private final Clock clock;
  private final Consumer<ObjectNode> events;
  private final Map<String, WorkspaceMember> people = new LinkedHashMap<>();
  private final Map<String, ChannelState> channels = new LinkedHashMap<>();
  private final Map<String, FileState> files = new LinkedHashMap<>();
  private long lastMicros;
  private int number;

  Workspace(SlackIds ids, Clock clock, Consumer<ObjectNode> events) {
    this.ids = ids;
    this.clock = clock;
    this.events = events;
    add(
        new WorkspaceMember(
            ids.botUser(),
            ids.botName(),
            ids.botName(),
            WorkspaceMember.MemberKind.BOT,
            ids.team()));
    create(GENERAL, ChannelState.ChannelKind.PUBLIC, ids.botUser()).general = true;
  }

  SlackIds ids() {
    return ids;
  }

  synchronized Instant now() {
    return clock.instant();
  }

  synchronized String nextId(String letter) {
    number++;
    return String.format(Locale.ROOT, "%s0DOUBLE%04d", letter, number);
  }

  /** Unique and rising, over all channels. */
  synchronized String nextTs() {
    Instant now = clock.instant();
    long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    lastMicros = Math.max(lastMicros + 1, micros);
    return String.format(Locale.ROOT, "%d.%06d", lastMicros / 1_000_000, lastMicros % 1_000_000);
  }

  synchronized void add(WorkspaceMember person) {
    people.put(person.id(), person);
    notifyAll();
  }

  synchronized Optional<WorkspaceMember> person(String id) {
    return Optional.ofNullable(people.get(id));
  }

  synchronized Optional<WorkspaceMember> personNamed(String name) {
    return people.values().stream().filter(person -> person.name().equals(name)).findFirst();
  }

  synchronized List<WorkspaceMember> people() {
    return List.copyOf(people.values());
  }

  synchronized ChannelState create(String name, ChannelState.ChannelKind kind, String creator) {
    String letter = kind == ChannelState.ChannelKind.DIRECT ? "D" : "C";
    long created = clock.instant().getEpochSecond();
    ChannelState made = new ChannelState(nextId(letter), kind, name, creator, created);
    channels.put(made.id, made);
    return made;
  }

  synchronized Optional<ChannelState> channel(String id) {
    return Optional.ofNullable(channels.get(id));
  }

  synchronized Optional<ChannelState> channelNamed(String name) {
    return channels.values().stream()
        .filter(channel -> !channel.kind.isDirect() && channel.name.equals(name))
        .findFirst();
  }

  synchronized Collection<ChannelState> channels() {
    return List.copyOf(channels.values());
  }

  /** The conversation of exactly these; made if there is none. */
  synchronized ChannelState direct(Collection<String> members) {
    return channels.values().stream()
        .filter(channel -> channel.kind.isDirect())
        .filter(channel ->
            channel.members.size() == members.size() && channel.members.containsAll(members))
        .findFirst()
        .orElseGet(() -> openDirect(members));
  }

  private ChannelState openDirect(Collection<String> members) {
    ChannelState.ChannelKind kind =
        members.size() == 2
            ? ChannelState.ChannelKind.DIRECT
            : ChannelState.ChannelKind.GROUP_DIRECT;
    List<String> names =
        members.stream().map(id -> people.get(id)).map(WorkspaceMember::name).toList();
    ChannelState made = create("mpdm-" + String.join("--", names) + "-1", kind, ids.botUser());
    made.members.addAll(members);
    return made;
  }

  synchronized void keep(FileState file) {
    files.put(file.id(), file);
    notifyAll();
  }

  synchronized Optional<FileState> file(String id) {
    return Optional.ofNullable(files.get(id));
  }

  /** Something happened; the bot hears of it if it is in the channel. */
  synchronized void tell(ChannelState channel, ObjectNode event) {
    notifyAll();
    if (channel.has(ids.botUser())) {
      events.accept(event);
    }
  }

  /** Something happened that every app hears. */
  synchronized void tellAll(ObjectNode event) {
    notifyAll();
    events.accept(event);
  }

  /** Waits until there is something to see; not all that can be seen is announced. */
  synchronized <T> Optional<T> await(Duration patience, Supplier<Optional<T>> look) {
    long deadline = System.nanoTime() + patience.toNanos();
    Optional<T> found = look.get();
    while (found.isEmpty()) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return Optional.empty();
      }
      try {
        wait(Math.clamp(left / 1_000_000, 1, LOOK_AGAIN_MILLIS));
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return Optional.empty();
      }
      found = look.get();
    }
    return found;
  }

  synchronized List<SlackMessage> messages(String channel) {
    List<SlackMessage> all = new ArrayList<>();
    channel(channel)
        .ifPresent(there ->
            there.messages.values().forEach(message -> all.add(SlackMessage.of(channel, message))));
    return List.copyOf(all);
  }
}
