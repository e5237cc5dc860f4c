package dev.owlery.plugins.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import dev.owlery.api.http.WebAddress;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What Python's feedparser reads of broken feeds we read, with the same titles and links. */
@Tag("proof")
@Timeout(120)
class BrokenFeedsTest {
  private static final URI BASE = URI.create("https://blog.example.org/feed/all.xml");

  /** Prints the entries of each file, in JSON. */
  private static final String ORACLE =
      """
      import feedparser, json, os, sys, html, re
      out = {}
      for name in sorted(os.listdir(sys.argv[1])):
          if name.endswith('.xml'):
              path = os.path.join(sys.argv[1], name)
              kind = open(path + '.type').read()
              headers = {'content-location': sys.argv[2]}
              if kind:
                  headers['content-type'] = kind
              try:
                  found = feedparser.parse(open(path, 'rb').read(), response_headers=headers).entries
              except ValueError:
                  found = []
              entries = []
              for entry in found:
                  title = entry.get('title', '')
                  if entry.get('title_detail', {}).get('type', 'text/plain') != 'text/plain':
                      title = html.unescape(re.sub('<[^>]*>', '', title))
                  entries.append({'title': title, 'link': entry.get('link', '')})
              out[name[:-4]] = entries
      json.dump(out, sys.stdout)
      """;

  @TempDir private Path folder;

  private record Seen(String title, String link) {}

  @Test
  void whatFeedparserReadsWeReadWithTheSameTitlesAndLinks() throws Exception {
    Map<String, BrokenFeeds.Broken> feeds = BrokenFeeds.all();
    assertThat(feeds).hasSizeGreaterThanOrEqualTo(150);
    Map<String, List<Seen>> ours = new TreeMap<>();
    for (Map.Entry<String, BrokenFeeds.Broken> feed : feeds.entrySet()) {
      Path file = folder.resolve(feed.getKey() + ".xml");
      Files.write(file, feed.getValue().body().toByteArray());
      Files.writeString(folder.resolve(feed.getKey() + ".xml.type"), feed.getValue().type());
      ours.put(feed.getKey(), ours(feed.getValue()));
    }
    Map<String, List<Seen>> theirs = theirs();
    int entries = 0;
    List<String> unread = new ArrayList<>();
    List<String> different = new ArrayList<>();
    for (Map.Entry<String, List<Seen>> feed : theirs.entrySet()) {
      List<Seen> own = ours.get(feed.getKey());
      if (own.size() < feed.getValue().size()) {
        unread.add(feed.getKey() + "\n  " + own + "\n  " + feed.getValue());
      }
      for (int i = 0; i < Math.min(own.size(), feed.getValue().size()); i++) {
        entries++;
        if (!isSame(own.get(i), feed.getValue().get(i))) {
          different.add(feed.getKey() + "\n  " + own.get(i) + "\n  " + feed.getValue().get(i));
        }
      }
    }
    double agreement = 100.0 * (entries - different.size()) / entries;
    System.out.printf(
        "[proof] feeds: %d kinds of broken ones, %d entries, titles and links as feedparser's in"
            + " %.1f %%%n",
        feeds.size(), entries, agreement);
    if (Boolean.getBoolean("owlery.feeds.show")) {
      System.out.println(String.join("\n", different));
    }
    assertThat(unread).as("feeds of which feedparser reads more").isEmpty();
    assertThat(agreement).as(() -> String.join("\n", different)).isGreaterThanOrEqualTo(97);
  }

  /** Or else an entry would be another one when somebody forgets to escape an ampersand. */
  @Test
  void whatIsWellFormedIsReadLenientlyAsItIsStrictly() throws FeedUnavailable {
    FeedMaker maker = new FeedMaker(20_261_130);
    for (int i = 0; i < 300; i++) {
      FeedMaker.Made made = maker.next();
      FetchedDocument answer = new FetchedDocument(true, BASE, made.type(), made.body(), "", "");
      Contents strict = DocumentReader.read(answer);
      String text = Decoder.decode(made.type(), made.body());
      assertThat(LenientReader.read(text, BASE)).as(text).isEqualTo(strict);
    }
  }

  /** What feedparser does not find at all, we may know. */
  private static boolean isSame(Seen own, Seen other) {
    return (other.title().isEmpty() || own.title().equals(PlainText.line(other.title())))
        && (other.link().isEmpty()
            || own.link().equals(WebAddress.of(other.link()).map(URI::toString).orElse("")));
  }

  private static List<Seen> ours(BrokenFeeds.Broken feed) {
    FeedsSettings settings =
        new FeedsSettings(
            Map.of(),
            Duration.ofMinutes(15),
            "{title}",
            0,
            50,
            Duration.ofSeconds(20),
            200_000,
            4,
            10,
            List.of("127.0.0.1"));
    try (FeedServer server = new FeedServer("127.0.0.1");
        Fetcher fetcher =
            new Fetcher(
                settings, host -> List.of(InetAddress.ofLiteral("127.0.0.1")), Clock.systemUTC())) {
      server.page("/feed/all.xml", feed.type(), feed.body().toByteArray());
      FetchedDocument answer = fetcher.fetch(URI.create(server.url("/feed/all.xml")), "", "");
      FetchedDocument there = new FetchedDocument(true, BASE, answer.type(), answer.body(), "", "");
      return DocumentReader.read(there).entries().stream()
          .map(entry -> new Seen(entry.title(), entry.link().map(URI::toString).orElse("")))
          .toList();
    } catch (FeedUnavailable trouble) {
      return List.of();
    }
  }

  private Map<String, List<Seen>> theirs() throws Exception {
    Path script = Files.writeString(folder.resolve("oracle.py"), ORACLE);
    Path errors = folder.resolve("errors");
    Process python =
        new ProcessBuilder(
                "/usr/bin/python3", script.toString(), folder.toString(), BASE.toString())
            .redirectError(errors.toFile())
            .start();
    String json = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(python.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(python.exitValue()).as(Files.readString(errors)).isZero();
    return new Gson().fromJson(json, new TypeToken<Map<String, List<Seen>>>() {});
  }
}
