package dev.owlery.plugins.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two thousand feeds (fewer in the short form): no crash, no connection to a forbidden address,
 * bounded in time and memory; the titles are those that Python's feedparser finds.
 */
@Tag("proof")
@Timeout(120)
class FeedProofTest {

  private static final boolean FULL = "full".equals(System.getProperty("owlery.proof"));
  private static final int WELL_FORMED = FULL ? 1_700 : 500;
  private static final int HOSTILE = 300;
  private static final long SEED = 20_261_122;

  /** Prints the titles of each file, in JSON. */
  private static final String ORACLE =
      """
      import feedparser, json, os, sys, html, re
      feedparser.RESOLVE_RELATIVE_URIS = 0
      out = {}
      for name in sorted(os.listdir(sys.argv[1])):
          if name.endswith('.xml'):
              data = open(os.path.join(sys.argv[1], name), 'rb').read()
              kind = open(os.path.join(sys.argv[1], name + '.type')).read()
              headers = {'content-type': kind} if kind else {}
              parsed = feedparser.parse(data, response_headers=headers)
              titles = []
              for entry in parsed.entries:
                  title = entry.get('title', '')
                  if entry.get('title_detail', {}).get('type', 'text/plain') != 'text/plain':
                      title = html.unescape(re.sub('<[^>]*>', '', title))
                  titles.append(title)
              out[name] = titles
      json.dump(out, sys.stdout)
      """;

  @TempDir private Path folder;

  private static FeedsSettings settings(Duration patience) {
    return new FeedsSettings(
        Map.of(),
        Duration.ofMinutes(15),
        "{title}",
        0,
        50,
        patience,
        200_000,
        4,
        10,
        List.of("127.0.0.1", "127.0.0.3"));
  }

  @Test
  void titles_are_those_that_feedparser_finds() throws Exception {
    FeedMaker maker = new FeedMaker(SEED);
    Map<String, List<String>> ours = new LinkedHashMap<>();
    try (FeedServer server = new FeedServer("127.0.0.1");
        Fetcher fetcher =
            new Fetcher(
                settings(Duration.ofSeconds(20)),
                host -> List.of(loopback(1)),
                Clock.systemUTC())) {
      for (int i = 0; i < WELL_FORMED; i++) {
        FeedMaker.Made made = maker.next();
        String name = "%04d-%s.xml".formatted(i, made.format());
        Files.write(folder.resolve(name), made.body().toByteArray());
        Files.writeString(folder.resolve(name + ".type"), made.type());
        server.page("/" + name, made.type(), made.body().toByteArray());
        ours.put(name, titles(fetcher, server.url("/" + name)));
      }
    }
    Map<String, List<String>> theirs = oracle();
    List<String> different =
        ours.keySet().stream()
            .filter(name -> !plain(ours.get(name)).equals(plain(theirs.get(name))))
            .toList();
    double agreement = 100.0 * (ours.size() - different.size()) / ours.size();
    System.out.printf(
        "[proof] feeds: titles of %d feeds agree with feedparser on %.1f %%%n",
        ours.size(), agreement);
    assertThat(agreement)
        .as(() -> {
          String name = different.getFirst();
          return name + "\n" + ours.get(name) + "\n" + theirs.get(name);
        })
        .isGreaterThanOrEqualTo(95);
  }

  private static List<String> titles(Fetcher fetcher, String url) {
    try {
      return DocumentReader.read(fetcher.fetch(URI.create(url), "", "")).entries().stream()
          .map(FeedEntry::title)
          .toList();
    } catch (FeedUnavailable trouble) {
      return List.of(trouble.text());
    }
  }

  private static List<String> plain(List<String> titles) {
    return titles.stream().map(title -> title.replaceAll("[\\s\\p{Z}]+", " ").strip()).toList();
  }

  private Map<String, List<String>> oracle() throws Exception {
    Path script = Files.writeString(folder.resolve("oracle.py"), ORACLE);
    Process python =
        new ProcessBuilder("/usr/bin/python3", script.toString(), folder.toString())
            .redirectError(folder.resolve("errors").toFile())
            .start();
    String json = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(python.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(python.exitValue()).as(() -> read(folder.resolve("errors"))).isZero();
    return new Gson().fromJson(json, new TypeToken<Map<String, List<String>>>() {});
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      return String.valueOf(unreadable);
    }
  }

  @Test
  void hostile_feeds_reach_no_forbidden_address_and_are_bounded() throws Exception {
    Random random = new Random(SEED);
    AtomicInteger looks = new AtomicInteger();
    try (FeedServer server = new FeedServer("127.0.0.1");
        Trap forbidden = Trap.set();
        Fetcher fetcher =
            new Fetcher(
                settings(Duration.ofMillis(1_500)),
                host -> addresses(host, looks.incrementAndGet()),
                Clock.systemUTC())) {
      List<String> kinds = hostile(server, forbidden, random);
      long before = used();
      long slowest = 0;
      for (int i = 0; i < HOSTILE; i++) {
        String path = kinds.get(i % kinds.size());
        long start = System.nanoTime();
        attempt(fetcher, path.startsWith("http") ? path : server.url(path + "?" + i));
        slowest = Math.max(slowest, System.nanoTime() - start);
      }
      long grown = (used() - before) >> 20;
      System.out.printf(
          "[proof] feeds: %d hostile requests of %d kinds, slowest %d ms, heap %+d MiB, %d"
              + " connections to forbidden addresses%n",
          HOSTILE, kinds.size(), slowest / 1_000_000, grown, forbidden.caught().size());
      assertThat(forbidden.caught()).isEmpty();
      assertThat(Duration.ofNanos(slowest)).isLessThan(Duration.ofSeconds(10));
      assertThat(grown).isLessThan(64);
    }
  }

  private static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static void attempt(Fetcher fetcher, String url) {
    try {
      Contents _ = DocumentReader.read(fetcher.fetch(URI.create(url), "", ""));
    } catch (FeedUnavailable expected) {
      assertThat(expected.text()).isNotBlank().doesNotContain("root:");
    }
  }

  /**
   * A name that leads elsewhere each second time (127.0.0.3 is allowed), names of private
   * addresses, and addresses.
   */
  private static List<InetAddress> addresses(String host, int look) throws UnknownHostException {
    return switch (host) {
      case "rebind.example" -> List.of(loopback(2 + look % 2));
      case "both.example" -> List.of(loopback(1), loopback(2));
      case "inside.example", "localhost." -> List.of(loopback(2));
      default -> List.of(InetAddress.getAllByName(host));
    };
  }

  private static InetAddress loopback(int last) throws UnknownHostException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
  }

  private static List<String> hostile(FeedServer server, Trap forbidden, Random random)
      throws IOException {
    List<String> paths = new ArrayList<>();
    String inside = "http://127.0.0.2:" + forbidden.port() + "/secret";
    int port = forbidden.port();
    for (String target :
        List.of(
            inside,
            "http://rebind.example:" + port + "/",
            "http://both.example:" + port + "/",
            "http://inside.example:" + port + "/",
            "http://0x7f000002:" + port + "/",
            "http://2130706434:" + port + "/",
            "http://0177.0.0.2:" + port + "/",
            "http://[::ffff:127.0.0.2]:" + port + "/",
            "http://[::1]:" + port + "/",
            "http://localhost.:" + port + "/",
            "http://0.0.0.0:" + port + "/",
            "http://169.254.169.254/latest/meta-data/",
            "http://user:pw@127.0.0.2:" + port + "/",
            "file:///etc/passwd",
            "ftp://127.0.0.2/",
            "//127.0.0.2:" + port + "/")) {
      String path = "/redirect" + paths.size();
      server.redirect(path, 302, target);
      paths.add(path);
      if (target.startsWith("http://") && !target.contains("@") && !target.contains("0x")) {
        paths.add(target);
      }
    }
    server.redirect("/loop", 302, "/loop");
    paths.add("/loop");
    for (Map.Entry<String, byte[]> document : documents(inside, random).entrySet()) {
      server.page(document.getKey(), "application/xml", document.getValue());
      paths.add(document.getKey());
    }
    server.page("/json", "application/json", "[".repeat(100_000).getBytes(StandardCharsets.UTF_8));
    server.page(
        "/bomb",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Encoding", "gzip");
          byte[] bomb = zipped(new byte[20_000_000]);
          exchange.sendResponseHeaders(200, bomb.length);
          exchange.getResponseBody().write(bomb);
        });
    server.page(
        "/endless",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream out = exchange.getResponseBody()) {
            for (int i = 0; i < 100_000; i++) {
              out.write("<x>".getBytes(StandardCharsets.UTF_8));
            }
          }
        });
    server.page(
        "/short",
        exchange -> {
          exchange.sendResponseHeaders(200, 1_000);
          exchange.getResponseBody().write("<rss".getBytes(StandardCharsets.UTF_8));
        });
    paths.addAll(List.of("/json", "/bomb", "/endless", "/short", "/nothing-there"));
    return paths;
  }

  private static byte[] zipped(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    }
    return out.toByteArray();
  }

  private static Map<String, byte[]> documents(String inside, Random random) {
    Map<String, byte[]> documents = new LinkedHashMap<>();
    String rss =
        "<rss version='2.0'><channel><title>%s</title><item><title>%s</title></item></channel></rss>";
    String laughs =
        "<!DOCTYPE rss [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;'>]>";
    List<String> texts =
        new ArrayList<>(
            List.of(
                laughs + rss.formatted("&c;", "&c;"),
                "<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
                    + rss.formatted("&x;", "&x;"),
                "<!DOCTYPE rss [<!ENTITY x SYSTEM '"
                    + inside
                    + "'>]>"
                    + rss.formatted("&x;", "&x;"),
                "<!DOCTYPE rss [<!ENTITY % p SYSTEM '"
                    + inside
                    + "'> %p;]>"
                    + rss.formatted("a", "b"),
                "<!DOCTYPE rss SYSTEM '" + inside + "'>" + rss.formatted("a", "b"),
                "<?xml-stylesheet href='" + inside + "'?>" + rss.formatted("a", "b"),
                "<rss version='2.0' xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='"
                    + inside
                    + "'/></rss>",
                "<a>".repeat(20_000),
                "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title type='xhtml'>"
                    + "<div>".repeat(10_000),
                "<a " + "x".repeat(150_000) + "='1'/>",
                rss.formatted("x".repeat(90_000), "\u202e&#0;"),
                rss.formatted("&undefined;", "b"),
                "<rss version='2.0'><channel>"
                    + "<item><title>t</title></item>".repeat(5_000)
                    + "</channel></rss>",
                "<html><body><p>no feed",
                "<?xml version='1.0' encoding='no-such'?>" + rss.formatted("a", "b"),
                "<?xml version='1.0' encoding='UTF-7'?>" + rss.formatted("a", "+ADw-script"),
                "<rss version='9'/>",
                "<rss version='2.0'><channel><item><pubDate>x</pubDate><enclosure length='x'/></item></channel></rss>",
                "{\"version\": \"https://jsonfeed.org/version/1\", \"items\": {}}",
                "{\"version\": \"https://jsonfeed.org/version/1\", \"items\": [1, null, {\"id\": {}}]}",
                "\u0000\u0001\u0002",
                ""));
    String sample = rss.formatted("Caf\u00e9", "<![CDATA[a]]>");
    for (String text : texts) {
      documents.put("/d" + documents.size(), text.getBytes(StandardCharsets.UTF_8));
    }
    for (int i = 0; i < 200; i++) {
      byte[] torn = sample.getBytes(StandardCharsets.UTF_8);
      for (int n = 0; n < 3; n++) {
        torn[random.nextInt(torn.length)] = (byte) random.nextInt(256);
      }
      documents.put("/d" + documents.size(), torn);
    }
    return documents;
  }
}
