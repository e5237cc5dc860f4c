package dev.owlery.plugins.share;

import dev.owlery.api.command.CommandCall;
import dev.owlery.api.command.CommandException;
import dev.owlery.api.folder.FolderEntry;
import dev.owlery.api.folder.SafeFile;
import dev.owlery.api.folder.SafeFolder;
import dev.owlery.api.folder.SafeName;
import dev.owlery.api.folder.UnsafeFileException;
import dev.owlery.api.http.Download;
import dev.owlery.api.http.Http;
import dev.owlery.api.plugin.Bot;
import dev.owlery.api.plugin.Every;
import dev.owlery.api.plugin.Plugin;
import dev.owlery.api.plugin.Store;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.incendo.cloud.annotation.specifier.Quoted;
import org.incendo.cloud.annotations.Argument;
import org.incendo.cloud.annotations.Command;
import org.incendo.cloud.annotations.CommandDescription;
import org.incendo.cloud.annotations.Flag;
import org.incendo.cloud.annotations.Permission;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Links to files and folders on the bot's own HTTP listener, which work once or a few times. What
 * may be shared, and by whom, the configuration says; by itself it is nothing.
 */
public final class SharePlugin implements Plugin {

  private static final String MANAGE = "share.manage";

  private final ShareSettings settings;
  private final Http http;
  private final LinkTable book;
  private final LinkServer delivery;
  private final Clock clock;

  @Inject
  SharePlugin(ShareSettings settings, Http http, Store store, Bot bot, Clock clock, Logger log) {
    this.settings = settings;
    this.http = http;
    this.clock = clock;
    this.book = new LinkTable(store, bot, clock, log);
    this.delivery = new LinkServer(settings.folders(), book, clock);
  }

  /** What is shared: the folder's name, its safe folder, and what is in there. */
  private record Shared(String folder, FolderEntry entry) {}

  @Override
  public void start() {
    if (!settings.folders().isEmpty()) {
      Http.Route _ = http.route("GET", "/share/{token}/{name}", delivery::answer);
      Http.Route _ = http.route("GET", "/share/{token}", delivery::answer);
    }
  }

  /**
   * Makes a link.
   *
   * @param call who asks, and where, which is told who fetched
   * @param path the name of a folder of the configuration, and what in it
   * @param times how often it may be fetched; once if absent
   * @param lasts how long it works; as the configuration says if absent
   * @param kind how a folder is packed: {@code zip} or {@code tar.gz}; the first if absent
   * @return the link
   */
  @Command("share <path>")
  @Permission("share.files")
  @CommandDescription("Makes a link to a file or a folder, which can be fetched once")
  public String share(
      CommandCall call,
      @Argument("path") @Quoted String path,
      @Flag("times") @Nullable Integer times,
      @Flag("for") @Nullable Duration lasts,
      @Flag("as") @Nullable String kind) {
    int often = times == null ? 1 : times;
    Duration time = lasts == null ? settings.lasts() : lasts;
    String archive = kind == null ? FolderArchive.ZIP : kind;
    check(often, time, archive);
    if (book.all().size() >= settings.most()) {
      throw new CommandException("there are " + settings.most() + " links already");
    }
    Shared shared = find(call, path);
    boolean isFolder = shared.entry().isFolder();
    SafeName plain = SafeName.of(path);
    SafeName name = isFolder ? SafeName.of(plain.text() + "." + archive) : shared.entry().name();
    String token = LinkToken.fresh();
    String hash = LinkToken.hash(token);
    Instant until = clock.instant().plus(time);
    book.add(
        hash,
        new SharedLink(
            hash.substring(0, 8),
            name.text(),
            shared.folder(),
            shared.entry().path().toString(),
            isFolder ? archive : "",
            isFolder ? "" : SharedLink.print(shared.entry()),
            isFolder ? -1 : shared.entry().size(),
            owner(call),
            call.caller().displayName(),
            call.where().address(),
            often,
            until.toEpochMilli(),
            false,
            List.of()));
    return http.address()
        + "share/"
        + token
        + "/"
        + Download.encoded(name.text())
        + " ("
        + (often == 1 ? "once" : often + " times")
        + ", until "
        + written(until)
        + "; to take it back: unshare "
        + hash.substring(0, 8)
        + ")";
  }

  private void check(int times, Duration lasts, String archive) {
    if (times < 1 || times > settings.mostTimes()) {
      throw new CommandException("a link works 1 to " + settings.mostTimes() + " times");
    }
    if (!lasts.isPositive() || lasts.compareTo(settings.longest()) > 0) {
      throw new CommandException("a link works for " + days(settings.longest()) + " at most");
    }
    if (!archive.equals(FolderArchive.ZIP) && !archive.equals(FolderArchive.TAR)) {
      throw new CommandException("a folder is packed as zip or tar.gz");
    }
  }

  private static String days(Duration time) {
    return time.toDays() > 0 ? time.toDays() + " days" : time.toMinutes() + " minutes";
  }

  /** Who may not share from a folder is not told what is in it, nor whether there is one. */
  private Shared find(CommandCall call, String path) {
    int slash = path.indexOf('/');
    String name = slash < 0 ? path : path.substring(0, slash);
    ShareSettings.ShareFolder folder = settings.folders().get(name);
    if (folder == null || !call.permits("share." + name)) {
      List<String> allowed =
          settings.folders().keySet().stream()
              .filter(each -> call.permits("share." + each))
              .sorted()
              .toList();
      throw new CommandException(
          allowed.isEmpty()
              ? "there is nothing that you may share"
              : "begin with one of " + String.join(", ", allowed));
    }
    try {
      SafeFolder safe = SafeFolder.open(folder.path());
      FolderEntry entry = safe.look(slash < 0 ? "" : path.substring(slash + 1));
      if (!entry.isFolder()) {
        try (SafeFile file = safe.read(entry.path())) {
          entry = file.entry();
        }
      }
      return new Shared(name, entry);
    } catch (UnsafeFileException refused) {
      throw new CommandException("I cannot share that: " + refused.getMessage());
    } catch (IOException unreadable) {
      throw new CommandException("I cannot share that: it cannot be read");
    }
  }

  /**
   * Lists links.
   *
   * @param call who asks
   * @return a line for each link of theirs; of everybody's, for who may manage them
   */
  @Command("shares")
  @Permission("share.files")
  @CommandDescription(
      "Lists your links: how often they were fetched, by whom, and until when they work")
  public String list(CommandCall call) {
    List<String> lines =
        book.all().values().stream()
            .filter(share -> isTheirs(call, share))
            .sorted((a, b) -> Long.compare(a.until(), b.until()))
            .map(SharePlugin::line)
            .toList();
    return lines.isEmpty() ? "none" : String.join("\n", lines);
  }

  private static String line(SharedLink share) {
    StringBuilder line = new StringBuilder(share.id());
    line.append(": ").append(share.name()).append(" of ").append(share.by());
    line.append(", fetched ").append(share.fetched()).append(" of ").append(share.times());
    line.append(share.times() == 1 ? " time" : " times");
    line.append(", until ").append(written(Instant.ofEpochMilli(share.until())));
    for (Fetch fetch : share.fetches()) {
      line.append("\n  ").append(fetch.from()).append(' ');
      line.append(fetch.isOver() ? "at " : "is at it since ");
      long when = fetch.isOver() ? fetch.ended() : fetch.begun();
      line.append(written(Instant.ofEpochMilli(when)));
    }
    return line.toString();
  }

  /**
   * Takes a link back.
   *
   * @param call who asks
   * @param id which, as {@link #list} shows it
   * @return one line
   */
  @Command("unshare <id>")
  @Permission("share.files")
  @CommandDescription("Takes a link back; whoever is fetching it is cut off")
  public String unshare(CommandCall call, @Argument("id") String id) {
    for (Map.Entry<String, SharedLink> each : book.all().entrySet()) {
      if (each.getValue().id().equals(id) && isTheirs(call, each.getValue())) {
        book.revoke(each.getKey());
        return each.getValue().name() + " is not shared any more.";
      }
    }
    throw new CommandException("you have no link " + id + "; shares lists them");
  }

  /** Forgets links that expired long ago. */
  @Every("10m")
  public void forget() {
    book.forgetOld();
  }

  private static boolean isTheirs(CommandCall call, SharedLink share) {
    return share.owner().equals(owner(call)) || call.permits(MANAGE);
  }

  private static String owner(CommandCall call) {
    return call.person()
        .map(person -> "person:" + person)
        .or(() -> call.caller().identity().map(identity -> "identity:" + identity))
        .orElseGet(() -> "nick:" + call.where().address() + " " + call.caller().handle());
  }

  private static String written(Instant time) {
    return time.truncatedTo(ChronoUnit.MINUTES)
        .toString()
        .replace('T', ' ')
        .replace(":00Z", " UTC");
  }
}
