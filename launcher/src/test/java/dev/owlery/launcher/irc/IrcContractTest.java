package dev.owlery.launcher.irc;

import dev.owlery.api.adapter.AdapterProvider;
import dev.owlery.launcher.config.Configuration;
import dev.owlery.launcher.config.ConfigurationReader;
import dev.owlery.launcher.config.FaultyConfiguration;
import dev.owlery.testkit.AdapterContract;
import dev.owlery.testkit.AdapterPeer;
import dev.owlery.testkit.irc.IrcServer;
import dev.owlery.testkit.irc.IrcWitness;
import dev.owlery.testkit.irc.Ngircd;
import dev.owlery.testkit.net.ScratchDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The contract of adapters, kept by IRC on a plain server. It stands here because only the packed
 * adapter, with its libraries out of the way, can run beside the engine.
 */
class IrcContractTest extends AdapterContract {

  @Override
  protected AdapterPeer peer() {
    return new Person();
  }

  /** Ann, in a room of ngIRCd. */
  private static final class Person implements AdapterPeer {

    private static final Pattern SAID =
        Pattern.compile("^:owl!\\S+ (?:PRIVMSG|NOTICE) (\\S+) :?(.*)$");

    private final IrcServer server = Ngircd.start();
    private final ScratchDirectory files = ScratchDirectory.create("contract");
    private final Configuration.Account account = configured();
    private final IrcWitness ann = IrcWitness.connect(server, "ann");
    private boolean inRoom;
    private int roomRead;
    private int directRead;

    private Configuration.Account configured() {
      Path file =
          files.write(
              "bot.conf",
              """
              accounts.net {
                protocol = irc, host = 127.0.0.1, port = %d, tls = off, nick = owl
                rooms = ["#dev"], flood { burst = 0 }
              }
              """
                  .formatted(server.port()));
      List<AdapterProvider> providers =
          ServiceLoader.load(AdapterProvider.class).stream()
              .map(ServiceLoader.Provider::get)
              .toList();
      try {
        return new ConfigurationReader(
                providers,
                Map.of("help", "x", "echo", "x", "uptime", "x", "poll", "x", "admin", "x"),
                Map.of())
            .read(file)
            .accounts()
            .getFirst();
      } catch (FaultyConfiguration faults) {
        throw new IllegalStateException(faults);
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
      return "#dev";
    }

    @Override
    public String person() {
      return "ann";
    }

    @Override
    public void botIsOnline() {
      if (inRoom) {
        ann.raw("PART #dev");
      }
      ann.join("#dev");
      inRoom = true;
      // Whoever comes is greeted: that belongs to no test.
      if (hearsInRoom(Duration.ofSeconds(10)).isEmpty()) {
        throw new IllegalStateException("the bot does not greet");
      }
    }

    @Override
    public void saysInRoom(String line) {
      ann.say("#dev", line);
    }

    @Override
    public void tells(String line) {
      ann.say("owl", line);
    }

    @Override
    public String somebodyJoins() {
      IrcWitness ben = IrcWitness.connect(server, "ben");
      ben.join("#dev");
      return "ben";
    }

    @Override
    public Optional<String> hearsInRoom(Duration patience) {
      return next("#dev", patience);
    }

    @Override
    public Optional<String> isTold(Duration patience) {
      return next("ann", patience);
    }

    private Optional<String> next(String target, Duration patience) {
      long deadline = System.nanoTime() + patience.toNanos();
      boolean isRoom = target.startsWith("#");
      do {
        List<String> lines = ann.lines();
        for (int at = isRoom ? roomRead : directRead; at < lines.size(); at++) {
          Matcher said = SAID.matcher(lines.get(at));
          if (said.matches() && said.group(1).equals(target)) {
            read(isRoom, at + 1);
            return Optional.of(said.group(2));
          }
        }
        read(isRoom, lines.size());
        LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
      } while (System.nanoTime() < deadline);
      return Optional.empty();
    }

    private void read(boolean isRoom, int upTo) {
      if (isRoom) {
        roomRead = upTo;
      } else {
        directRead = upTo;
      }
    }

    @Override
    public void close() {
      ann.close();
      server.close();
      files.close();
    }
  }
}
