package dev.owlery.plugins.webhooks;

import dev.owlery.api.content.Item.Severity;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** GitHub's events in words. */
final class GitHubEvents {
  private static final int COMMITS = 5;

  private GitHubEvents() {}

  /** What an event says; empty if it says nothing that anybody waits for. */
  static Optional<News> news(String event, Json json) {
    String who = json.at("sender.login");
    String what = json.at("action").replace('_', ' ');
    String prefix = repository(json);
    return switch (event) {
      case "ping" -> Optional.of(News.of(prefix + "the webhook works: " + json.at("zen"), ""));
      case "push" -> push(prefix, json);
      case "pull_request" ->
          about(prefix + who + " " + merged(json, what) + " pull request", json, "pull_request");
      case "pull_request_review" ->
          about(
              prefix + who + " has reviewed (" + json.at("review.state") + ") pull request",
              json,
              "pull_request");
      case "issues" -> about(prefix + who + " " + what + " issue", json, "issue");
      case "issue_comment", "pull_request_review_comment" -> comment(prefix + who, what, json);
      case "release" ->
          Optional.of(
              News.of(
                  prefix + who + " " + what + " release " + json.at("release.tag_name"),
                  json.at("release.name"),
                  json.at("release.html_url")));
      case "create", "delete" ->
          Optional.of(
              News.of(
                  prefix + who + " " + event + "d " + json.at("ref_type") + " " + json.at("ref"),
                  json.at("repository.html_url")));
      case "workflow_run", "check_suite", "check_run" -> run(prefix, event, json);
      case "status" -> status(prefix, json);
      case "deployment_status" ->
          verdict(
              prefix + "deployment to " + json.at("deployment.environment"),
              json.at("deployment_status.state"),
              json.at("deployment_status.target_url"));
      default ->
          Optional.of(
              News.of(
                  prefix + String.join(" ", who, what, event.replace('_', ' ')),
                  json.at("repository.html_url")));
    };
  }

  private static String repository(Json json) {
    String name = json.at("repository.full_name");
    return name.isEmpty() ? "" : name + ": ";
  }

  private static Optional<News> push(String prefix, Json json) {
    List<Json> commits = json.list("commits");
    String ref = json.at("ref").replaceFirst("^refs/(heads|tags)/", "");
    if (commits.isEmpty()) {
      return Optional.empty();
    }
    String count = commits.size() == 1 ? "1 commit" : commits.size() + " commits";
    return Optional.of(
        News.of(
            prefix + json.at("pusher.name") + " pushed " + count + " to " + ref,
            lines(commits),
            json.at("compare")));
  }

  /** The first lines of the first commits. */
  static String lines(List<Json> commits) {
    return commits.stream()
        .limit(COMMITS)
        .map(commit -> commit.at("message").lines().findFirst().orElse(""))
        .collect(Collectors.joining("\n"));
  }

  private static String merged(Json json, String what) {
    return what.equals("closed") && json.at("pull_request.merged").equals("true") ? "merged" : what;
  }

  private static Optional<News> about(String begin, Json json, String part) {
    return Optional.of(
        News.of(
            begin + " #" + json.at(part + ".number") + ": " + json.at(part + ".title"),
            json.at(part + ".html_url")));
  }

  private static Optional<News> comment(String who, String what, Json json) {
    String part = json.has("issue") ? "issue" : "pull_request";
    String did = what.equals("created") ? " commented on" : " " + what + " a comment on";
    return Optional.of(
        News.of(
            who + did + " #" + json.at(part + ".number") + ": " + json.at(part + ".title"),
            json.at("comment.body"),
            json.at("comment.html_url")));
  }

  private static Optional<News> run(String prefix, String event, Json json) {
    if (!json.at("action").equals("completed")) {
      return Optional.empty();
    }
    String name = json.at(event + ".name");
    String branch = json.at(event + ".head_branch");
    return verdict(
        prefix + (name.isEmpty() ? "checks" : name) + (branch.isEmpty() ? "" : " on " + branch),
        json.at(event + ".conclusion"),
        json.at(event + ".html_url"));
  }

  private static Optional<News> status(String prefix, Json json) {
    String state = json.at("state");
    return state.equals("pending")
        ? Optional.empty()
        : verdict(prefix + json.at("context"), state, json.at("target_url"));
  }

  /** A result; a bad one is a warning. */
  static Optional<News> verdict(String what, String state, String link) {
    boolean bad = state.matches("fail.*|error|timed_out|startup_failure|action_required|canceled");
    return Optional.of(
        new News(
            what + ": " + state.replace('_', ' '),
            "",
            link,
            bad ? Severity.WARNING : Severity.INFO));
  }
}
