package dev.owlery.plugins.share;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.plugins.share.ShareSettings.ShareFolder;
import dev.owlery.testkit.BotScenario;
import dev.owlery.testkit.FakeHttp.Reply;
import dev.owlery.testkit.FakeHttp.Request;
import dev.owlery.testkit.net.ScratchDirectory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A link works as often as it was said, and whoever made it is told who used it. */
class SharePluginTest {

  private static final Pattern LINK =
      Pattern.compile("https?://[^/]+(/share/\\S+) .*unshare (\\w+)\\)");
  private static final String TEXT = "0123456789".repeat(20_000);

  private ScratchDirectory scratch;
  private Path shared;
  private BotScenario bot;

  @BeforeEach
  void a_bot_with_a_folder() throws IOException {
    scratch = ScratchDirectory.create("share");
    shared = Files.createDirectories(scratch.path().resolve("shared"));
    Files.writeString(shared.resolve("may.txt"), TEXT);
    Files.createDirectories(shared.resolve("reports/2026"));
    Files.writeString(shared.resolve("reports/one.txt"), "one");
    Files.writeString(shared.resolve("reports/2026/Grüße \\..\\..\\evil.txt"), "two");
    Files.writeString(shared.resolve("reports/.hidden"), "hidden");
    Files.createSymbolicLink(shared.resolve("reports/link"), Path.of("/etc/passwd"));
    Files.createSymbolicLink(shared.resolve("out"), Path.of("/etc"));
    bot =
        BotScenario.with(SharePlugin.class)
            .settings(
                new ShareSettings(
                    Map.of("docs", new ShareFolder(shared), "other", new ShareFolder(shared)),
                    Duration.ofDays(1),
                    Duration.ofDays(30),
                    100,
                    1000))
            .grant("everyone", "view", "share.files", "share.docs")
            .grant("ann", "share.manage")
            .start();
  }

  @AfterEach
  void ends() {
    bot.close();
    scratch.close();
  }

  private String shares(String what) {
    return link(what).group(1);
  }

  private Matcher link(String what) {
    bot.user("bob").in("#ops").says("!share " + what);
    String said = bot.expect("#ops").saysSomething();
    Matcher link = LINK.matcher(said);
    assertThat(link.find()).as(said).isTrue();
    return link;
  }

  private Request get(String path, String from) {
    return bot.http().request("GET", path).from(from);
  }

  private void refuses(String what, String why) {
    bot.user("bob").in("#ops").says("!share " + what);
    bot.expect("#ops").saysWith(why);
  }

  @Test
  void a_link_works_once_and_tells_who_used_it() {
    String link = shares("docs/may.txt");
    assertThat(link).matches("/share/[\\w-]{24}/may\\.txt");

    Reply reply = get(link, "203.0.113.7").send();
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text()).isEqualTo(TEXT);
    assertThat(reply.headers())
        .containsEntry("Content-Length", "200000")
        .containsEntry(
            "Content-Disposition", "attachment; filename=\"may.txt\"; filename*=UTF-8''may.txt");
    bot.expect("#ops").says("may.txt was fetched by 203.0.113.7.");

    assertThat(get(link, "203.0.113.7").send().status()).isEqualTo(410);
    assertThat(get(link, "203.0.113.8").send().status()).isEqualTo(410);
    bot.expect("#ops").says("203.0.113.7 wanted may.txt too, but its link is used up.").nothing();
  }

  @Test
  void a_download_that_goes_on_counts_once() {
    String link = shares("docs/may.txt");
    Reply first = get(link, "203.0.113.7").header("Range", "bytes=0-99999").send();
    assertThat(first.status()).isEqualTo(206);
    assertThat(first.headers()).containsEntry("Content-Range", "bytes 0-99999/200000");
    assertThat(get(link, "203.0.113.8").send().status()).isEqualTo(410);
    bot.expect("#ops").saysWith("203.0.113.8 wanted");
    bot.restart();

    Reply rest =
        get(link, "203.0.113.7")
            .header("Range", "bytes=100000-")
            .header("If-Range", String.valueOf(first.headers().get("ETag")))
            .send();
    assertThat(rest.status()).isEqualTo(206);
    assertThat(first.text() + rest.text()).isEqualTo(TEXT);
    bot.expect("#ops").says("may.txt was fetched by 203.0.113.7.");
    assertThat(get(link, "203.0.113.7").send().status()).isEqualTo(410);
    assertThat(get(link, "203.0.113.7").header("Range", "bytes=150000-").send().status())
        .isEqualTo(206);
    bot.turn(Duration.ofMinutes(11));
    assertThat(get(link, "203.0.113.7").header("Range", "bytes=150000-").send().status())
        .isEqualTo(410);
    bot.expect("#ops").nothing();
  }

  @Test
  void nobody_fetches_for_ever() {
    String link = shares("docs/may.txt");
    int answered = 0;
    while (get(link, "203.0.113.7").header("Range", "bytes=1-").send().status() == 206) {
      answered++;
    }
    assertThat(answered).isBetween(3, 10);
  }

  @Test
  void a_link_for_several_counts() {
    String link = shares("docs/may.txt --times 2");
    assertThat(get(link, "203.0.113.7").send().status()).isEqualTo(200);
    assertThat(get(link, "203.0.113.7").send().status()).isEqualTo(200);
    assertThat(get(link, "203.0.113.7").send().status()).isEqualTo(410);
    bot.expect("#ops")
        .says("may.txt was fetched by 203.0.113.7 (1 of 2).")
        .says("may.txt was fetched by 203.0.113.7 (2 of 2).")
        .saysWith("used up");
  }

  @Test
  void a_look_does_not_count() {
    String link = shares("docs/may.txt");
    Reply head = bot.http().request("HEAD", link).send();
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.headers()).containsEntry("Accept-Ranges", "bytes");
    assertThat(
            get(link, "203.0.113.9")
                .header("User-Agent", "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)")
                .send()
                .status())
        .isEqualTo(403);
    Reply beyond = get(link, "203.0.113.9").header("Range", "bytes=200000-").send();
    assertThat(beyond.status()).isEqualTo(416);
    assertThat(beyond.headers()).containsEntry("Content-Range", "bytes */200000");
    assertThat(get(link, "203.0.113.7").send().status()).isEqualTo(200);
  }

  @Test
  void ranges_are_read_as_they_are_written() {
    String link = shares("docs/may.txt --times 100");
    Map<String, String> ranges = new TreeMap<>();
    for (String range :
        List.of("bytes=-10", "bytes=199990-999999999", "bytes=5-4", "bytes=0-0,5-6", "bytes=x")) {
      Reply reply = get(link, "203.0.113.7").header("Range", range).send();
      ranges.put(range, reply.status() + " " + reply.text().length());
    }
    assertThat(ranges)
        .containsEntry("bytes=-10", "206 10")
        .containsEntry("bytes=199990-999999999", "206 10")
        .containsEntry("bytes=5-4", "200 200000")
        .containsEntry("bytes=0-0,5-6", "200 200000")
        .containsEntry("bytes=x", "200 200000");
    Reply other =
        get(link, "203.0.113.7").header("Range", "bytes=5-").header("If-Range", "\"x\"").send();
    assertThat(other.status()).isEqualTo(200);
  }

  @Test
  void links_end() throws IOException {
    String expired = shares("docs/may.txt --for 2h");
    Matcher revoked = link("docs/may.txt");
    bot.turn(Duration.ofHours(1));
    assertThat(bot.http().request("HEAD", expired).send().status()).isEqualTo(200);
    bot.turn(Duration.ofHours(1));
    assertThat(get(expired, "203.0.113.7").send().text()).contains("expired");

    bot.user("eve").in("#ops").says("!unshare " + revoked.group(2));
    bot.expect("#ops").saysWith("you have no link");
    bot.user("bob").in("#ops").says("!unshare " + revoked.group(2));
    bot.expect("#ops").says("may.txt is not shared any more.");
    assertThat(get(revoked.group(1), "203.0.113.7").send().status()).isEqualTo(404);

    String changed = shares("docs/may.txt");
    Files.writeString(shared.resolve("may.txt"), TEXT + "!");
    assertThat(get(changed, "203.0.113.7").send().text()).contains("has changed");
    assertThat(get("/share/AAAAAAAAAAAAAAAAAAAAAAAA", "203.0.113.7").send().status())
        .isEqualTo(404);
    bot.turn(Duration.ofDays(3));
    bot.settle();
    assertThat(get(expired, "203.0.113.7").send().status()).isEqualTo(404);
  }

  @Test
  void only_what_is_allowed_can_be_shared() {
    refuses("other/may.txt", "begin with one of docs");
    refuses("nothing/may.txt", "begin with one of docs");
    refuses("docs/../secret", "I cannot share that");
    refuses("docs/out/passwd", "I cannot share that");
    refuses("docs/reports/link", "is a link");
    refuses("docs/reports/.hidden", "there is no such file");
    refuses("docs/missing.txt", "there is no such file");
    refuses("/etc/passwd", "begin with one of docs");
    refuses("docs/may.txt --times 101", "1 to 100 times");
    refuses("docs/may.txt --for 31d", "30 days at most");
    refuses("docs/reports --as rar", "zip or tar.gz");
  }

  @Test
  void whoever_manages_links_sees_all_of_them() {
    shares("docs/may.txt --times 3");
    bot.user("eve").in("#ops").says("!shares");
    bot.expect("#ops").says("none");
    bot.user("ann").verifiedAs("ann").in("#ops").says("!shares");
    bot.expect("#ops").saysLike("\\w{8}: may.txt of bob, fetched 0 of 3 times, until .* UTC");
  }

  @Test
  void folders_are_packed_under_safe_names() throws IOException {
    Map<String, String> zip = new TreeMap<>();
    Reply zipped = get(shares("docs/reports"), "203.0.113.7").send();
    assertThat(zipped.headers()).containsEntry("Content-Type", "application/zip");
    try (ZipInputStream in = new ZipInputStream(stream(zipped))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        zip.put(entry.getName(), new String(in.readAllBytes(), UTF_8));
      }
    }
    bot.expect("#ops").says("reports.zip was fetched by 203.0.113.7.");
    Map<String, String> tar = new TreeMap<>();
    Reply tarred = get(shares("docs/reports --as tar.gz"), "203.0.113.7").send();
    try (TarArchiveInputStream in =
        new TarArchiveInputStream(new GZIPInputStream(stream(tarred)), "UTF-8")) {
      for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        tar.put(entry.getName(), new String(in.readAllBytes(), UTF_8));
      }
    }
    assertThat(zip)
        .isEqualTo(tar)
        .isEqualTo(
            Map.of(
                "reports/", "",
                "reports/2026/", "",
                "reports/2026/evil.txt", "two",
                "reports/one.txt", "one"));
  }

  private static ByteArrayInputStream stream(Reply reply) {
    byte[] bytes = new byte[reply.body().remaining()];
    reply.body().duplicate().get(bytes);
    return new ByteArrayInputStream(bytes);
  }
}
