package dev.owlery.plugins.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.owlery.api.content.Item;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * All examples that GitHub publishes of its payloads (the package
 * {@code @octokit/webhooks-examples}, fetched from npm when the test runs) are told in a line that
 * reads well, or are nothing to tell.
 */
@Tag("proof")
@Timeout(180)
class GitHubExamplesTest {
  private static final String PACKAGE = "@octokit/webhooks-examples@7.6.1";

  /** What is on its way has no result yet, and is not told; a push may have changed nothing. */
  private static final Set<String> QUIET =
      Set.of("check_run", "check_suite", "workflow_job", "workflow_run", "push", "status");

  /** A line that shows that its event is understood, for each of them. */
  private static final Map<String, String> LINES = new LinkedHashMap<>();

  static {
    line(
        "branch_protection_rule",
        ": \\S+ (created|deleted|edited) the branch protection rule \\S+");
    line("check_run", ": .+: (success|failure|neutral|.*)");
    line(
        "code_scanning_alert",
        ": code scanning alert #\\d+ (created|fixed|reopened|closed by user): .+");
    line("commit_comment", ": \\S+ commented on commit [0-9a-f]{8}");
    line("create", ": \\S+ created (tag|branch) \\S+");
    line("delete", ": \\S+ deleted (tag|branch) \\S+");
    line("dependabot_alert", ": Dependabot alert #\\d+ (created|fixed): .+");
    line("deploy_key", ": \\S+ created the deploy key .+");
    line("deployment", ": \\S+ created a deployment of \\S+ to \\S+");
    line("deployment_status", ": deployment to \\S+: .+");
    line("discussion", ": \\S+ .*discussion #\\d+: .+");
    line("discussion_comment", ": \\S+ .+ #\\d+: .+");
    line("fork", ": \\S+ forked it to \\S+/\\S+");
    line("gollum", ": \\S+ (created|edited) the wiki page \\S+.*");
    line("issue_comment", ": \\S+ (commented on|(deleted|edited) a comment on) #\\d+: .+");
    line("issues", ": \\S+ .+ issue #\\d+: .+");
    line("label", ": \\S+ (created|deleted|edited) the label .+");
    line("member", ": \\S+ (added|edited) the collaborator \\S+");
    line("membership", ": \\S+ (added|removed) \\S+, of the team \\S+");
    line("milestone", ": \\S+ (created|closed|deleted) the milestone .+");
    line("org_block", ": \\S+ (un)?blocked \\S+");
    line("package", ": \\S+ published the package \\S+ \\S+");
    line("ping", "(.+: )?the webhook works: .+");
    line("public", ": \\S+ made the repository public");
    line("pull_request", ": \\S+ .+ pull request #\\d+: .+");
    line("pull_request_review", ": \\S+ .+ pull request #\\d+: .+");
    line("push", ": \\S+ (pushed \\d+ commits? to|(created|deleted|moved) (tag|branch)) \\S+");
    line("release", ": \\S+ \\S+ release \\S+");
    line("repository", ": \\S+ .+ the repository \\S+/\\S+");
    line("security_advisory", "advisory GHSA-\\S+ (published|updated|withdrawn): .+");
    line("star", ": \\S+ (starred it|took a star back)");
    line("team", ": \\S+ .*the team .+");
    line("watch", ": \\S+ starred it");
    line("workflow_dispatch", ": \\S+ started the workflow \\S+ on \\S+");
  }

  private static void line(String event, String pattern) {
    LINES.put(event, pattern.startsWith(": ") ? "\\S+" + pattern : pattern);
  }

  @Test
  void eachExampleOfGitHubsIsToldInALine() throws Exception {
    JsonArray events = JsonParser.parseString(Files.readString(examples())).getAsJsonArray();
    int told = 0;
    int quiet = 0;
    Set<String> seen = new TreeSet<>();
    Set<String> wrong = new TreeSet<>();
    for (JsonElement each : events) {
      JsonObject event = each.getAsJsonObject();
      String name = event.get("name").getAsString();
      for (JsonElement example : event.getAsJsonArray("examples")) {
        Optional<WebhookItem> news = GitHubEvents.news(name, WebhookJson.read(example.toString()));
        if (news.isEmpty()) {
          assertThat(QUIET).as(example.toString()).contains(name);
          quiet++;
          continue;
        }
        told++;
        Item item = news.get().item("k");
        if (seen.add(name + ": " + item.title()) && Boolean.getBoolean("owlery.hooks.show")) {
          System.out.println(name + ": " + item.title() + " <" + item.link().orElse(null) + ">");
        }
        if (!readsWell(name, item.title())) {
          wrong.add(name + ": " + item.title());
        }
      }
    }
    System.out.printf(
        "[proof] webhooks: %d of GitHub's events, %d examples told in %d different lines, %d with"
            + " nothing to tell%n",
        events.size(), told, seen.size(), quiet);
    assertThat(wrong).isEmpty();
    assertThat(told + quiet).isGreaterThan(300);
    assertThat(quiet).isLessThan(60);
  }

  private static boolean readsWell(String event, String title) {
    return title.matches(LINES.getOrDefault(event, ".+"))
        && Stream.of("  ", "null", "{", "}", "_request ").noneMatch(title::contains)
        && !title.endsWith(":")
        && !title.endsWith("#");
  }

  private static Path examples() throws IOException, InterruptedException {
    Path folder = Path.of("target", "github-examples").toAbsolutePath();
    Path examples = folder.resolve("package/api.github.com/index.json");
    for (int attempt = 0; attempt < 3 && !Files.exists(examples); attempt++) {
      Files.createDirectories(folder);
      if (run(folder, "npm", "pack", "--silent", PACKAGE)) {
        boolean _ = run(folder, "tar", "xzf", "octokit-webhooks-examples-7.6.1.tgz", "package");
      }
    }
    assertThat(examples).as("npm could not fetch " + PACKAGE).exists();
    return examples;
  }

  private static boolean run(Path folder, String... command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(List.of(command))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    boolean ended = process.waitFor(50, TimeUnit.SECONDS);
    process.destroyForcibly();
    return ended && process.exitValue() == 0;
  }
}
