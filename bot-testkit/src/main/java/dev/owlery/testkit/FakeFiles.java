package dev.owlery.testkit;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.content.FileRef;
import dev.owlery.api.event.FileOffered;
import dev.owlery.api.file.FileSink;
import dev.owlery.api.file.FileSource;
import dev.owlery.api.file.FileTransport;
import dev.owlery.api.file.IncomingFile;
import dev.owlery.api.file.OutgoingFile;
import dev.owlery.api.file.TransferException;
import dev.owlery.api.file.TransferException.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * How a {@link FakeNetwork} carries files: a transport that resumes, and that breaks where a test
 * says. It outlives the bot. Every method may be called from any thread.
 */
public final class FakeFiles {

  private static final int PIECE = 8 << 10;

  private final FakeNetwork network;
  private final FileTransport transport = new Carrying();
  private final Map<String, ByteArrayOutputStream> parts = new LinkedHashMap<>();
  private final List<Arrival> arrivals = new ArrayList<>();
  private final Map<String, byte[]> offers = new LinkedHashMap<>();
  private final List<String> refusals = new ArrayList<>();
  private final Deque<Long> cuts = new ArrayDeque<>();
  private Optional<TransferException> answer = Optional.empty();
  private long onTheWire;
  private long ids;
  private boolean silent;

  FakeFiles(FakeNetwork network) {
    this.network = network;
  }

  /** A file that the bot has sent as a whole. */
  public static final class Arrival {
    private final OutgoingFile file;
    private final byte[] bytes;

    private Arrival(OutgoingFile file, byte[] bytes) {
      this.file = file;
      this.bytes = bytes;
    }

    /**
     * What the bot said of it.
     *
     * @return the file
     */
    public OutgoingFile file() {
      return file;
    }

    /**
     * What came.
     *
     * @return a copy
     */
    public byte[] bytes() {
      return bytes.clone();
    }
  }

  /**
   * Breaks the next transfers, one each, after so many bytes of that attempt; a whole one that is
   * shorter breaks before it is confirmed.
   *
   * @param bytes of each attempt
   * @return this
   */
  public synchronized FakeFiles cut(long... bytes) {
    Arrays.stream(bytes).forEach(cuts::add);
    return this;
  }

  /**
   * Answers every file with an exception from now on.
   *
   * @param reason what sort
   * @param text why
   * @return this
   */
  public synchronized FakeFiles refuse(Reason reason, String text) {
    answer = Optional.of(new TransferException(reason, text));
    return this;
  }

  /**
   * Takes every file again.
   *
   * @return this
   */
  public synchronized FakeFiles takeAll() {
    answer = Optional.empty();
    return this;
  }

  /**
   * Holds every transfer at its first byte, until it is interrupted or {@link #go}.
   *
   * @return this
   */
  public synchronized FakeFiles hold() {
    silent = true;
    return this;
  }

  /**
   * Lets held transfers go on.
   *
   * @return this
   */
  public synchronized FakeFiles go() {
    silent = false;
    notifyAll();
    return this;
  }

  /**
   * What the bot has sent.
   *
   * @return whole files, in order of arrival
   */
  public synchronized List<Arrival> arrivals() {
    return List.copyOf(arrivals);
  }

  /**
   * How many bytes were carried, in both directions.
   *
   * @return those of attempts that broke too
   */
  public synchronized long onTheWire() {
    return onTheWire;
  }

  /**
   * Offers that the bot has refused.
   *
   * @return {@code NAME: REASON text}
   */
  public synchronized List<String> refusals() {
    return List.copyOf(refusals);
  }

  /**
   * Somebody offers the bot a file.
   *
   * @param where the conversation
   * @param sender who
   * @param name what they call it
   * @param bytes the file
   * @return the offer
   */
  public FileOffered offer(Conversation where, Member sender, String name, byte[] bytes) {
    return offer(
        where,
        sender,
        new FileRef(
            name,
            Optional.empty(),
            OptionalLong.of(bytes.length),
            Optional.of(sha256(bytes)),
            Optional.empty()),
        bytes);
  }

  /**
   * Somebody offers the bot a file and does not say how long it is.
   *
   * @param where the conversation
   * @param sender who
   * @param name what they call it
   * @param bytes the file
   * @return the offer
   */
  public FileOffered offerUnmeasured(Conversation where, Member sender, String name, byte[] bytes) {
    FileRef file =
        new FileRef(
            name, Optional.empty(), OptionalLong.empty(), Optional.empty(), Optional.empty());
    return offer(where, sender, file, bytes);
  }

  private FileOffered offer(Conversation where, Member sender, FileRef file, byte[] bytes) {
    String id;
    synchronized (this) {
      id = "o" + ++ids;
      offers.put(id, bytes.clone());
    }
    return offerAgain(
        new FileOffered(network.nextOrigin(), where, sender, transport.name(), id, file));
  }

  /**
   * Somebody offers the bot the same file again, as senders do whose connection broke.
   *
   * @param before the earlier offer
   * @return the new one
   */
  public FileOffered offerAgain(FileOffered before) {
    return offerAs(before.offer(), before);
  }

  /**
   * Somebody offers the bot the same file again, by an offer of its own, as senders do on networks
   * where an offer ends with its connection.
   *
   * @param before the earlier offer
   * @return the new one
   */
  public FileOffered offerAnew(FileOffered before) {
    return offerAs(sending(before.offer()) + "/" + System.nanoTime(), before);
  }

  private static String sending(String offer) {
    return offer.split("/", 2)[0];
  }

  private FileOffered offerAs(String id, FileOffered before) {
    FileOffered again =
        new FileOffered(
            network.nextOrigin(),
            before.where(),
            before.sender(),
            before.transport(),
            id,
            before.file());
    network.publish(again);
    return again;
  }

  /**
   * Waits for something.
   *
   * @param condition called with this whenever there is something new
   * @param millis how long to wait at most, by the machine's clock
   * @return whether it came true
   * @throws InterruptedException if the waiting thread is interrupted
   */
  public synchronized boolean await(Predicate<FakeFiles> condition, long millis)
      throws InterruptedException {
    long deadline = System.nanoTime() + millis * 1_000_000;
    long left = millis;
    while (!condition.test(this) && left > 0) {
      wait(left);
      left = (deadline - System.nanoTime()) / 1_000_000;
    }
    return condition.test(this);
  }

  /**
   * The digest of some bytes.
   *
   * @param bytes any
   * @return in hexadecimal digits
   */
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  FileTransport transport() {
    return transport;
  }

  private synchronized long nextCut() {
    Long cut = cuts.poll();
    return cut == null ? Long.MAX_VALUE : cut;
  }

  private synchronized void carried(int count) {
    onTheWire += count;
    notifyAll();
  }

  private synchronized void answer() throws IOException, InterruptedException {
    while (silent) {
      wait();
    }
    if (answer.isPresent()) {
      throw answer.get();
    }
  }

  private synchronized ByteArrayOutputStream part(String id) {
    return parts.computeIfAbsent(id, fresh -> new ByteArrayOutputStream());
  }

  private synchronized boolean has(String id) {
    return arrivals.stream().anyMatch(arrival -> arrival.file().id().equals(id));
  }

  private synchronized void arrive(OutgoingFile file) {
    ByteArrayOutputStream part = parts.remove(file.id());
    arrivals.add(new Arrival(file, part == null ? new byte[0] : part.toByteArray()));
    notifyAll();
  }

  /** Carries with a connection that may break. */
  private void carry(InputStream from, OutputStream to, long cut) throws IOException {
    byte[] piece = new byte[PIECE];
    long left = cut;
    int count = from.read(piece, 0, (int) Math.min(PIECE, Math.max(1, left)));
    while (count >= 0) {
      if (left <= 0) {
        throw new IOException("connection reset");
      }
      to.write(piece, 0, count);
      carried(count);
      left -= count;
      count = from.read(piece, 0, (int) Math.min(PIECE, Math.max(1, left)));
    }
    if (cut != Long.MAX_VALUE) {
      throw new IOException("connection reset");
    }
  }

  /** The transport. */
  private final class Carrying implements FileTransport {

    @Override
    public String name() {
      return "fake";
    }

    @Override
    public boolean canReach(Conversation to) {
      return true;
    }

    @Override
    public void send(OutgoingFile file, FileSource source)
        throws IOException, InterruptedException {
      answer();
      ByteArrayOutputStream part = part(file.id());
      try (InputStream from = source.from(part.size())) {
        carry(from, part, nextCut());
      }
      arrive(file);
    }

    @Override
    public boolean wasDelivered(OutgoingFile file) {
      return has(file.id());
    }

    @Override
    public void receive(IncomingFile file, FileSink sink) throws IOException, InterruptedException {
      answer();
      byte[] bytes;
      synchronized (FakeFiles.this) {
        bytes = offers.getOrDefault(sending(file.offer()), new byte[0]);
      }
      int offset = Math.toIntExact(sink.offset());
      try (OutputStream to = sink.from(offset)) {
        carry(new ByteArrayInputStream(bytes, offset, bytes.length - offset), to, nextCut());
      }
      sink.complete();
    }

    @Override
    public boolean isRetryOf(String earlier, String later) {
      return sending(earlier).equals(sending(later));
    }

    @Override
    public void refuse(IncomingFile file, Reason reason, String text) {
      synchronized (FakeFiles.this) {
        refusals.add(file.file().name() + ": " + reason + " " + text);
        FakeFiles.this.notifyAll();
      }
    }
  }
}
