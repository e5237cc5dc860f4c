package dev.owlery.plugins.filerelay;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.file.SendRequest;
import dev.owlery.api.file.TransferException;
import dev.owlery.api.file.Transfers;
import dev.owlery.api.folder.FolderEntry;
import dev.owlery.api.folder.SafeFile;
import dev.owlery.api.folder.SafeFolder;
import dev.owlery.api.folder.UnsafeFileException;
import dev.owlery.api.plugin.Bot;
import dev.owlery.api.plugin.Store;
import dev.owlery.plugins.filerelay.FileRelaySettings.Watched;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;

/**
 * One watched folder. A look at it finds the files that have not changed for a while and were not
 * sent as they are now, and sends them in the order in which they settled: the folder itself is the
 * queue. For one thread at a time.
 */
final class FolderWatch {

  private static final int MOST_UNDER_WAY = 1_000;
  private static final Duration RESCAN = Duration.ofMinutes(1);
  private static final String COUNT = "count ";

  private final Watched settings;
  private final SafeFolder folder;
  private final Bot bot;
  private final Transfers transfers;
  private final Store store;
  private final Clock clock;
  private final Logger log;
  private final SentBook book;
  private final FolderEvents events;
  private final List<PathMatcher> only;
  private final List<PathMatcher> except;
  private final Optional<Hours> hours;
  private final Optional<Schedule> schedule;
  private final Map<Path, Seen> unsettled = new HashMap<>();
  private Instant lastLook = Instant.MIN;
  private String trouble = "";
  private int underWay;

  private record Seen(FolderEntry entry, Instant since) {}

  FolderWatch(Watched settings, Bot bot, Transfers transfers, Store store, Clock clock, Logger log)
      throws IOException {
    this.settings = settings;
    this.folder = SafeFolder.open(settings.directory());
    this.bot = bot;
    this.transfers = transfers;
    this.store = store;
    this.clock = clock;
    this.log = log;
    this.book = new SentBook(store, folder.root() + " " + settings.to());
    this.only = settings.only().stream().map(FileRelaySettings::glob).toList();
    this.except = settings.except().stream().map(FileRelaySettings::glob).toList();
    this.hours = settings.hours().flatMap(Hours::of);
    this.schedule = settings.schedule().map(text -> new Schedule(text, clock));
    this.events = new FolderEvents(folder.root(), settings.recursive());
    this.underWay = outstanding();
  }

  private int outstanding() {
    return (int)
        store.entries("job ").values().stream()
            .filter(job -> job.contains(folder.root().toString()))
            .count();
  }

  String root() {
    return folder.root().toString();
  }

  /** Looks, if there is a reason to, and sends what is ready. */
  synchronized void tick() {
    Instant now = clock.instant();
    boolean changed = events.changed();
    boolean due = !lastLook.isAfter(now.minus(RESCAN));
    if (!changed && !due && unsettled.values().stream().noneMatch(seen -> concerns(seen, now))) {
      return;
    }
    lastLook = now;
    try {
      look(now);
      trouble = "";
    } catch (IOException e) {
      tell("the folder " + folder.root() + " cannot be watched: " + e.getMessage());
    }
  }

  /** Whether a look is worth it: the file was not settled at the last one, or it may go now. */
  private boolean concerns(Seen seen, Instant now) {
    return settled(seen).isAfter(lastLook) || mayGo(seen, now);
  }

  private Instant settled(Seen seen) {
    return seen.since().plus(settings.settle());
  }

  private boolean mayGo(Seen seen, Instant now) {
    return !settled(seen).isAfter(schedule.map(Schedule::latest).orElse(now))
        && hours.filter(open -> !open.has(time(now))).isEmpty();
  }

  private void tell(String text) {
    if (!text.equals(trouble)) {
      log.warn("{}", text);
    }
    trouble = text;
  }

  private void look(Instant now) throws IOException {
    List<Seen> ready = new ArrayList<>();
    Set<String> there = new HashSet<>();
    Set<Path> open = new HashSet<>();
    boolean _ =
        folder.visit(
            Path.of(""),
            settings.recursive(),
            entry -> {
              if (!entry.isFolder() && isWanted(entry.path())) {
                there.add(entry.path().toString());
                sort(entry, now, ready, open);
              }
              return true;
            });
    unsettled.keySet().retainAll(open);
    book.keep(there);
    ready.sort(
        Comparator.comparing(Seen::since)
            .thenComparing(seen -> seen.entry().modified())
            .thenComparing(seen -> seen.entry().path()));
    for (Seen each : ready) {
      if (underWay >= MOST_UNDER_WAY || !send(each.entry())) {
        return; // the rest stays in the folder, and is unsettled until it is sent
      }
    }
  }

  private LocalTime time(Instant now) {
    return LocalTime.ofInstant(now, clock.getZone());
  }

  private boolean isWanted(Path path) {
    return (only.isEmpty() || only.stream().anyMatch(glob -> glob.matches(path)))
        && except.stream().noneMatch(glob -> glob.matches(path));
  }

  private void sort(FolderEntry entry, Instant now, List<Seen> ready, Set<Path> open) {
    if (book.has(entry)) {
      return;
    }
    open.add(entry.path());
    Seen before = unsettled.get(entry.path());
    Seen seen = before != null && before.entry().isSame(entry) ? before : new Seen(entry, now);
    unsettled.put(entry.path(), seen);
    if (mayGo(seen, now)) {
      ready.add(seen);
    }
  }

  /** Gives a file to be sent, in one unit with the note that it was; false to stop for now. */
  private boolean send(FolderEntry entry) {
    long sent = sent();
    if (settings.limit() > 0 && sent >= settings.limit()) {
      tell("the limit of " + settings.limit() + " files from " + folder.root() + " is reached");
      return false;
    }
    try (SafeFile file = folder.read(entry.path())) {
      if (!file.entry().isSame(entry)) {
        return true; // it changes again: later
      }
      Conversation to = bot.locate(settings.to());
      bot.asOne(() -> commit(file, entry, to, sent));
      book.note(entry);
      unsettled.remove(entry.path());
      underWay++;
      return true;
    } catch (UnsafeFileException gone) {
      return true;
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof ChangedException) {
        return true;
      }
      tell("files from " + folder.root() + " cannot be sent now: " + told(e));
      return !(e.getCause() instanceof TransferException);
    } catch (IOException | IllegalArgumentException e) {
      tell("files from " + folder.root() + " cannot be sent now: " + e.getMessage());
      return true;
    }
  }

  private void commit(SafeFile file, FolderEntry entry, Conversation to, long sent) {
    try {
      String id =
          transfers.send(
              new SendRequest(to, entry.sentName(), bot.name(), settings.transport()),
              file.channel());
      if (!file.isUnchanged()) {
        throw new ChangedException();
      }
      book.write(entry);
      store.put(COUNT + folder.root(), Long.toString(sent + 1));
      new PendingFollowUp(
              folder.root().toString(), entry.path().toString(), SentBook.stamp(entry), "")
          .put(store, id);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String told(UncheckedIOException e) {
    IOException cause = e.getCause();
    return String.valueOf(cause == null ? e.getMessage() : cause.getMessage());
  }

  private long sent() {
    return store.get(COUNT + folder.root()).map(Long::parseLong).orElse(0L);
  }

  /** A file was sent, or given up; false if what is to be done with it could not be done. */
  synchronized boolean ended(PendingFollowUp job, boolean whole) {
    underWay = Math.max(0, underWay - 1);
    events.nudge();
    if (!whole || settings.after() == FileRelaySettings.After.KEEP) {
      return true;
    }
    try {
      FolderEntry now = folder.look(Path.of(job.path()));
      if (SentBook.stamp(now).equals(job.stamp())) {
        putAway(now);
      }
      return true;
    } catch (UnsafeFileException gone) {
      return true;
    } catch (IOException e) {
      tell("a file that was sent stays in " + folder.root() + ": " + e.getMessage());
      return false;
    }
  }

  private void putAway(FolderEntry entry) throws IOException {
    Optional<Path> target = settings.moveTo();
    if (target.isPresent()) {
      FileCopier.copy(folder, entry, SafeFolder.open(target.get()));
    }
    if (!folder.delete(entry)) {
      log.info("a file that was sent has changed in the meantime, and stays");
    }
  }

  void close() {
    events.close();
  }

  /** The file was written to while it was copied. */
  private static final class ChangedException extends IOException {
    private static final long serialVersionUID = 1L;
  }
}
