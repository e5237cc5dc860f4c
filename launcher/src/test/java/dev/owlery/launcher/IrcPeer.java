package dev.owlery.launcher;

import dev.owlery.api.adapter.AdapterProvider;
import dev.owlery.launcher.config.Configuration;
import dev.owlery.launcher.config.ConfigurationReader;
import dev.owlery.launcher.config.FaultyConfiguration;
import dev.owlery.testkit.AdapterPeer;
import dev.owlery.testkit.irc.IrcServer;
import dev.owlery.testkit.irc.IrcWitness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Ann, at a real IRC server, with a plain client. The bot is reached as a configuration says. Each
 * peer has names of its own, so that many can share one server.
 */
final class IrcPeer implements AdapterPeer {

  private static final AtomicInteger PEERS = new AtomicInteger();

  private final int number = PEERS.incrementAndGet();
  private final String room = "#dev" + number;
  private final String person = "ann" + number;
  private final String bot = "owl" + number;
  private final IrcServer server;
  private final IrcWitness ann;
  private final Configuration.AccountConfiguration account;
  private Optional<IrcWitness> other = Optional.empty();
  private int heardInRoom;
  private int heardAlone;

  IrcPeer(IrcServer server, Path directory) {
    this.server = server;
    this.account = configured(directory);
    this.ann = IrcWitness.connect(server, person);
    ann.join(room);
  }

  private Configuration.AccountConfiguration configured(Path directory) {
    String text =
        """
        accounts {
          net { protocol = irc, host = "%s", port = %d, tls = off, nick = %s
                rooms = ["%s"], flood { burst = 0 } }
        }
        plugins = []
        """
            .formatted(server.host(), server.port(), bot, room);
    try {
      Path file = Files.writeString(directory.resolve("bot.conf"), text);
      List<AdapterProvider> providers =
          ServiceLoader.load(AdapterProvider.class).stream()
              .map(ServiceLoader.Provider::get)
              .toList();
      return new ConfigurationReader(providers, Map.of(), Map.of())
          .read(file)
          .accounts()
          .getFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (FaultyConfiguration e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public AdapterProvider provider() {
    return account.provider();
  }

  @Override
  public Record settings() {
    return account.settings();
  }

  @Override
  public String room() {
    return room;
  }

  @Override
  public String person() {
    return person;
  }

  @Override
  public void botIsOnline() {
    IrcWitness.await("the bot to be in the room", this::seesBot);
  }

  private boolean seesBot() {
    ann.raw("NAMES " + room);
    return ann.expect(" 353 .* " + room + " :").matches(".*[ :@+]" + bot + "( .*)?");
  }

  @Override
  public void saysInRoom(String line) {
    ann.say(room, line);
  }

  @Override
  public void tells(String line) {
    ann.say(bot, line);
  }

  @Override
  public String somebodyJoins() {
    IrcWitness bea = IrcWitness.connect(server, "bea" + number);
    bea.join(room);
    other = Optional.of(bea);
    return "bea" + number;
  }

  @Override
  public Optional<String> hearsInRoom(Duration patience) {
    Optional<String> line = next(room, heardInRoom, patience);
    heardInRoom += line.isPresent() ? 1 : 0;
    return line;
  }

  @Override
  public Optional<String> isTold(Duration patience) {
    Optional<String> line = next(person, heardAlone, patience);
    heardAlone += line.isPresent() ? 1 : 0;
    return line;
  }

  private Optional<String> next(String target, int from, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    List<String> texts = ann.textsFrom(bot, target);
    while (texts.size() <= from && System.nanoTime() < deadline) {
      LockSupport.parkNanos(2_000_000);
      texts = ann.textsFrom(bot, target);
    }
    return texts.size() > from ? Optional.of(texts.get(from)) : Optional.empty();
  }

  @Override
  public void close() {
    other.ifPresent(IrcWitness::close);
    ann.close();
  }
}
