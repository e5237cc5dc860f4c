package dev.owlery.plugins.filerelay;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.command.CommandCall;
import dev.owlery.api.command.CommandException;
import dev.owlery.api.content.FileRef;
import dev.owlery.api.event.FileOffered;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.event.TransferDelayed;
import dev.owlery.api.event.TransferEnded;
import dev.owlery.api.file.SendRequest;
import dev.owlery.api.file.Transfer;
import dev.owlery.api.file.Transfers;
import dev.owlery.api.folder.SafeFile;
import dev.owlery.api.http.Http;
import dev.owlery.api.plugin.Bot;
import dev.owlery.api.plugin.Handled;
import dev.owlery.api.plugin.On;
import dev.owlery.api.plugin.Plugin;
import dev.owlery.api.plugin.Scheduler;
import dev.owlery.api.plugin.Store;
import dev.owlery.api.settings.SettingException;
import dev.owlery.api.topic.Topics;
import dev.owlery.plugins.filerelay.FileRelaySettings.Watched;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.incendo.cloud.annotation.specifier.Greedy;
import org.incendo.cloud.annotation.specifier.Quoted;
import org.incendo.cloud.annotations.Argument;
import org.incendo.cloud.annotations.Command;
import org.incendo.cloud.annotations.CommandDescription;
import org.incendo.cloud.annotations.Permission;
import org.slf4j.Logger;

/**
 * Carries files: those that appear in watched folders, those that others offer, and those that
 * people ask for with {@code !send}; tells what became of them.
 */
public final class FileRelayPlugin implements Plugin {

  private static final String SEND = "files.send";
  private static final String OTHERS = "files.others";
  private static final Duration LOOK = Duration.ofMillis(500);

  private final FileRelaySettings settings;
  private final Bot bot;
  private final Transfers transfers;
  private final Store store;
  private final Clock clock;
  private final Scheduler scheduler;
  private final Logger log;
  private final Folders folders;
  private final Progress progress;
  private final LinkTransport links;
  private final Optional<ReceivePolicy> reception;
  private final CompletionHandler endings;
  private final List<FolderWatch> watches = new ArrayList<>();

  @Inject
  FileRelayPlugin(
      FileRelaySettings settings,
      Bot bot,
      Transfers transfers,
      Store store,
      Topics topics,
      Scheduler scheduler,
      Http http,
      Clock clock,
      Logger log) {
    this.settings = settings;
    this.bot = bot;
    this.transfers = transfers;
    this.store = store;
    this.clock = clock;
    this.scheduler = scheduler;
    this.log = log;
    this.folders = new Folders(settings.folders());
    this.progress = new Progress(bot, transfers, scheduler, settings.progress());
    this.links = new LinkTransport(settings.links(), bot, http, store, scheduler, clock, log);
    this.reception =
        settings.receive().map(block -> new ReceivePolicy(block, transfers, store, clock, log));
    TransferAnnouncements notices =
        new TransferAnnouncements(settings.notices(), bot, topics, clock);
    this.endings = new CompletionHandler(store, bot, scheduler, notices, links, reception, watches);
  }

  @Override
  public void start() {
    check();
    links.start();
    var _ = transfers.register(links);
    for (Watched watched : settings.watch()) {
      try {
        watches.add(new FolderWatch(watched, bot, transfers, store, clock, log));
      } catch (IOException e) {
        throw new SettingException(
            "watch.directory", watched.directory() + " cannot be watched: " + e.getMessage());
      }
    }
    if (!watches.isEmpty()) {
      endings.takeUp(transfers);
      var _ = scheduler.every(LOOK, () -> watches.forEach(FolderWatch::tick));
    }
  }

  /** What can be known only here: folders and conversations that are not there. */
  private void check() {
    settings.watch().forEach(each -> checkFolder("watch.directory", each.directory()));
    settings.watch().forEach(each -> checkPlace("watch.to", each.to()));
    settings.receive().ifPresent(each -> checkFolder("receive.into", each.into()));
    settings.folders().forEach(each -> checkFolder("folders.directory", each.directory()));
    settings.notices().rooms().forEach(each -> checkPlace("notices.rooms", each));
  }

  private static void checkFolder(String key, Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new SettingException(key, folder + " is no folder");
    }
  }

  private void checkPlace(String key, String address) {
    try {
      Conversation _ = bot.locate(address);
    } catch (IllegalArgumentException unknown) {
      throw new SettingException(key, String.valueOf(unknown.getMessage()));
    }
  }

  @Override
  public void stop() {
    watches.forEach(FolderWatch::close);
    links.close();
  }

  /**
   * Somebody offers a file.
   *
   * @param offer what
   */
  @On
  public void offered(FileOffered offer) {
    reception.ifPresent(here -> here.answer(offer));
  }

  /**
   * Somebody says something: perhaps another Owlery that offers a file as a link, or has received
   * one. Neither is a command, although it is said to the bot alone.
   *
   * @param message what
   * @return stops at what is for this plugin
   */
  @On
  public Handled heard(MessagePosted message) {
    if (ReceiptLine.is(message.text())) {
      return Handled.STOP;
    }
    Optional<FailureLine> failure = FailureLine.read(message.text());
    if (failure.isPresent()) {
      links.failed(message.where(), failure.get());
      return Handled.STOP;
    }
    Optional<FileRef> file = OfferLine.read(message.text());
    if (file.isPresent()) {
      offered(message, file.get());
    }
    return file.isPresent() ? Handled.STOP : Handled.CONTINUE;
  }

  private void offered(MessagePosted message, FileRef file) {
    if (reception.isEmpty()) {
      return;
    }
    if (!reception.get().trusts(message.sender())) {
      log.info("what {} says is no offer that is taken", message.sender().handle());
    } else {
      reception
          .get()
          .answer(
              new FileOffered(
                  message.origin(),
                  message.where(),
                  message.sender(),
                  LinkTransport.NAME,
                  file.location().orElseThrow().toString(),
                  file));
    }
  }

  /**
   * A transfer does not get on.
   *
   * @param delayed which, and why
   */
  @On
  public void delayed(TransferDelayed delayed) {
    endings.delayed(delayed.transfer());
  }

  /**
   * A transfer has ended.
   *
   * @param ended how
   */
  @On
  public void ended(TransferEnded ended) {
    endings.tell(ended.transfer());
  }

  /**
   * Sends a file here.
   *
   * @param call who asks, and where
   * @param file its name; in quotes if it has blanks
   */
  @Command("send <file>")
  @Permission(SEND)
  @CommandDescription("Sends a file here; the end is told")
  public void send(CommandCall call, @Argument("file") @Quoted String file) {
    send(call, file, call.where());
  }

  /**
   * Sends a file to another conversation.
   *
   * @param call who asks, and where
   * @param file its name; in quotes if it has blanks
   * @param to to whom, written {@code ACCOUNT/CONVERSATION}
   */
  @Command("send <file> <to>")
  @Permission(SEND)
  @CommandDescription("Sends a file to another conversation; the end is told here")
  public void send(
      CommandCall call, @Argument("file") @Quoted String file, @Argument("to") @Greedy String to) {
    if (!call.permits(OTHERS)) {
      throw new CommandException("sending a file elsewhere takes the permission " + OTHERS);
    }
    try {
      send(call, file, bot.locate(to));
    } catch (IllegalArgumentException e) {
      throw new CommandException(String.valueOf(e.getMessage()));
    }
  }

  private void send(CommandCall call, String path, Conversation to) {
    try (SafeFile file = folders.open(call, path)) {
      String id =
          transfers.send(
              new SendRequest(
                  to, file.entry().sentName(), call.caller().displayName(), Optional.empty()),
              file.channel());
      new PendingFollowUp("", "", "", call.where().address()).put(store, id);
      String text =
          "sending " + file.entry().name() + " (" + Format.size(file.entry().size()) + ") as " + id;
      progress.follow(id, call.where(), text);
    } catch (IOException e) {
      throw new CommandException("that file cannot be sent: " + e.getMessage());
    }
  }

  /**
   * Lists what can be sent.
   *
   * @param call who asks
   * @return a line for each file
   */
  @Command("files")
  @Permission(SEND)
  @CommandDescription("Lists the files that you may have sent")
  public List<String> files(CommandCall call) {
    return folders.list(call);
  }

  /**
   * Lists the transfers.
   *
   * @return a line for each
   */
  @Command("transfers")
  @Permission("files.manage")
  @CommandDescription("Lists the files on their way, and the latest that were")
  public List<String> transfers() {
    List<Transfer> all = transfers.list();
    List<String> open =
        all.stream()
            .filter(each -> !each.state().isOver())
            .map(TransferAnnouncements::status)
            .limit(50)
            .toList();
    List<String> over =
        all.stream()
            .filter(each -> each.state().isOver())
            .map(TransferAnnouncements::status)
            .toList();
    List<String> lines =
        Stream.concat(
                over.subList(Math.max(0, over.size() - 5), over.size()).stream(), open.stream())
            .toList();
    return lines.isEmpty() ? List.of("no files") : lines;
  }

  /**
   * Calls a transfer off.
   *
   * @param call who asks
   * @param id which
   * @return one line
   */
  @Command("cancel <id>")
  @Permission("files.manage")
  @CommandDescription("Calls a transfer off")
  public String cancel(CommandCall call, @Argument("id") String id) {
    if (!transfers.cancel(id, "called off by " + call.caller().displayName())) {
      throw new CommandException("there is no file on its way that is called " + id);
    }
    return "calling " + id + " off";
  }
}
