package dev.owlery.core.file;

import dev.owlery.api.chat.AccountId;
import dev.owlery.api.content.FileRef;
import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.event.FileOffered;
import dev.owlery.api.file.FileTransport;
import dev.owlery.api.file.IncomingFile;
import dev.owlery.api.file.SendRequest;
import dev.owlery.api.file.Transfer;
import dev.owlery.api.file.Transfer.Direction;
import dev.owlery.api.file.Transfer.State;
import dev.owlery.api.file.TransferException;
import dev.owlery.api.file.TransferException.Reason;
import dev.owlery.api.file.Transfers;
import dev.owlery.api.folder.SafeName;
import dev.owlery.api.plugin.Handled;
import dev.owlery.core.account.Accounts;
import dev.owlery.core.journal.Journal;
import dev.owlery.core.schedule.Timers;
import dev.owlery.core.work.Committer;
import java.io.IOException;
import java.net.URLConnection;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Where files are sent and received: takes what is asked for, keeps it in the table, lets it be
 * carried, and tells how it ended. Every method may be called from any thread.
 */
public final class TransferService implements Transfers {

  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(20);
  private static final String ID_CHARACTERS = "abcdefghijkmnpqrstuvwxyz23456789";
  private static final int ID_LENGTH = 8;

  private final Accounts accounts;
  private final Timers timers;
  private final TransferTable book;
  private final Spool spool;
  private final DiskSpace disk;
  private final TransportRegistry carriers;
  private final TransferScheduler porters;
  private final AtomicLong numbers = new AtomicLong();

  /**
   * Puts the parts together. Nothing runs yet.
   *
   * @param settings how files are carried
   * @param accounts who knows the adapters
   * @param journal where the table is
   * @param committer where changes are written
   * @param timers the time
   * @param inbox records an event; completes when that is durable
   */
  public TransferService(
      TransferSettings settings,
      Accounts accounts,
      Journal journal,
      Committer committer,
      Timers timers,
      Function<ChatEvent, CompletionStage<Boolean>> inbox) {
    this.accounts = accounts;
    this.timers = timers;
    this.book = new TransferTable(journal, committer);
    this.disk = new DiskSpace(settings.keepFree());
    this.spool = new Spool(settings.spool(), settings.spoolLimit(), disk);
    this.carriers = new TransportRegistry(accounts);
    TransferQueue queue =
        new TransferQueue(
            settings.atOnce(), settings.perPeer(), timers.clock(), carriers::isOnline);
    this.porters =
        new TransferScheduler(
            settings, book, spool, disk, carriers, queue, timers, new EndNotifier(inbox, book));
  }

  /** Reads what an earlier process left, before plugins are loaded. */
  public void restore() {
    List<TransferRow> rows = book.restore();
    rows.stream().mapToLong(TransferRow::number).max().ifPresent(numbers::set);
    spool.restore(
        rows.stream()
            .filter(row -> row.isOut() && !row.transfer().state().isOver())
            .map(TransferRow::id)
            .collect(Collectors.toSet()));
  }

  /** Takes up what an earlier process left. */
  public void begin() {
    book.all().forEach(porters::resume);
    porters.dispatch();
  }

  /**
   * An account is online: what waits for it may go on.
   *
   * @param account which
   */
  public void online(AccountId account) {
    porters.dispatch();
  }

  /**
   * Somebody offers a file: if nobody takes it, it is refused after a while.
   *
   * @param offer the offer
   * @return goes on
   */
  public Handled offered(FileOffered offer) {
    timers.schedule(
        ANSWER_TIMEOUT,
        () -> {
          if (accepted(offer).isEmpty()) {
            refuse(offer, "nobody has taken it");
          }
        });
    return Handled.CONTINUE;
  }

  private Optional<TransferRow> accepted(FileOffered offer) {
    return book.all().stream()
        .filter(row -> row.offer().equals(offer.offer()))
        .filter(row -> row.transfer().transport().equals(offer.transport()))
        .filter(row -> row.sender().isPresent() && isSame(row, offer))
        .reduce((earlier, later) -> later);
  }

  private static boolean isSame(TransferRow row, FileOffered offer) {
    return IncomingTransfer.key(IncomingTransfer.file(row))
        .equals(IncomingTransfer.key(file(offer)));
  }

  private static IncomingFile file(FileOffered offer) {
    return new IncomingFile(offer.where(), offer.sender(), offer.offer(), offer.file());
  }

  @Override
  public String send(SendRequest request, ReadableByteChannel bytes) throws IOException {
    accounts.adapter(request.to().account());
    String id = freshId();
    Spool.SpooledCopy copy = spool.take(id, bytes);
    String name = SafeName.sent(request.name());
    FileRef file =
        new FileRef(
            name,
            Optional.ofNullable(URLConnection.guessContentTypeFromName(name)),
            OptionalLong.of(copy.size()),
            Optional.of(copy.sha256()),
            Optional.empty());
    Transfer transfer =
        new Transfer(
            id,
            Direction.OUT,
            request.to(),
            request.author(),
            file,
            State.WAITING,
            0,
            "",
            "",
            timers.clock().instant());
    TransferRow row =
        new TransferRow(
            numbers.incrementAndGet(),
            transfer,
            Optional.empty(),
            "",
            "",
            0,
            request.transport().orElse(""),
            0,
            false);
    book.add(row, () -> porters.enqueue(row, Instant.EPOCH), () -> spool.delete(id));
    return id;
  }

  private String freshId() {
    StringBuilder id = new StringBuilder(ID_LENGTH);
    do {
      id.setLength(0);
      for (int i = 0; i < ID_LENGTH; i++) {
        id.append(
            ID_CHARACTERS.charAt(ThreadLocalRandom.current().nextInt(ID_CHARACTERS.length())));
      }
    } while (book.find(id.toString()).isPresent());
    return id.toString();
  }

  @Override
  public String accept(FileOffered offer, Path directory, long limit) throws TransferException {
    FileTransport transport =
        carriers
            .find(offer.where().account(), offer.transport())
            .orElseThrow(() ->
                new TransferException(
                    Reason.UNREACHABLE, "there is no transport " + offer.transport()));
    checkRoom(offer, transport, directory, limit);
    Optional<TransferRow> before = accepted(offer).or(() -> before(offer, transport));
    if (before.isPresent()) {
      porters.offeredAgain(
          before.get().id(),
          row -> row.offered(offer.transport(), offer.offer(), "" + directory, limit));
      return before.get().id();
    }
    Transfer transfer =
        new Transfer(
            freshId(),
            Direction.IN,
            offer.where(),
            offer.sender().displayName(),
            offer.file(),
            State.WAITING,
            0,
            offer.transport(),
            "",
            timers.clock().instant());
    TransferRow row =
        new TransferRow(
            numbers.incrementAndGet(),
            transfer,
            Optional.of(offer.sender()),
            offer.offer(),
            directory.toString(),
            limit,
            "",
            0,
            false);
    book.add(row, () -> porters.enqueue(row, Instant.EPOCH), () -> {});
    return row.id();
  }

  private void checkRoom(FileOffered offer, FileTransport transport, Path directory, long limit)
      throws TransferException {
    long size = offer.file().size().orElse(0);
    try {
      if (size > limit) {
        throw new TransferException(Reason.REFUSED, "it is too large: " + limit + " bytes at most");
      }
      disk.check(directory, size);
    } catch (TransferException refused) {
      transport.refuse(file(offer), refused.reason(), String.valueOf(refused.getMessage()));
      throw refused;
    } catch (IOException unknown) {
      transport.refuse(file(offer), Reason.NO_ROOM, "its folder is not there");
      throw new TransferException(Reason.NO_ROOM, "the folder cannot be used: " + unknown);
    }
  }

  /** What broke off, or is here without the sender's knowledge. */
  private Optional<TransferRow> before(FileOffered offer, FileTransport transport) {
    return book.all().stream()
        .filter(row -> !row.isOut())
        .filter(row ->
            row.transfer().state().isOver() ? isHere(row, offer, transport) : isSame(row, offer))
        .findFirst();
  }

  /** The file may have got another name here. */
  private static boolean isHere(TransferRow row, FileOffered offer, FileTransport transport) {
    Transfer here = row.transfer();
    return here.state() == State.DONE
        && here.transport().equals(offer.transport())
        && here.where().equals(offer.where())
        && row.sender().filter(who -> who.handle().equals(offer.sender().handle())).isPresent()
        && offer.file().sha256().equals(here.file().sha256())
        && transport.isRetryOf(row.offer(), offer.offer());
  }

  @Override
  public void refuse(FileOffered offer, String reason) {
    carriers
        .find(offer.where().account(), offer.transport())
        .ifPresent(transport -> transport.refuse(file(offer), Reason.REFUSED, reason));
  }

  @Override
  public Optional<Transfer> find(String id) {
    return book.find(id).map(porters::live);
  }

  @Override
  public List<Transfer> list() {
    return book.all().stream().map(porters::live).toList();
  }

  @Override
  public boolean cancel(String id, String reason) {
    return porters.cancel(id, reason);
  }

  @Override
  public RegisteredTransport register(FileTransport transport) {
    RegisteredTransport carrier = carriers.add(transport);
    porters.dispatch();
    return carrier;
  }

  /**
   * Whether nothing is being carried at this moment, apart from what waits for people.
   *
   * @return true also if transfers wait for their turn or another attempt
   */
  public boolean idle() {
    return porters.idle();
  }

  /** Stops what runs; the next process takes it up. Waits up to two seconds. */
  public void close() {
    porters.close();
  }
}
