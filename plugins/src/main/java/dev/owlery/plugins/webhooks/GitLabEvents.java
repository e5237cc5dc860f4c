package dev.owlery.plugins.webhooks;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** GitLab's events in words. */
final class GitLabEvents {
  private static final String ATTRIBUTES = "object_attributes.";

  private GitLabEvents() {}

  /** What an event says; empty if it says nothing that anybody waits for. */
  static Optional<News> news(Json json) {
    String prefix = project(json);
    String who = json.at("user.name").isEmpty() ? json.at("user_name") : json.at("user.name");
    String kind = json.at("object_kind");
    return switch (kind) {
      case "push", "tag_push" -> push(prefix, who, json);
      case "issue", "work_item" -> about(prefix + who, "issue #", json);
      case "merge_request" -> about(prefix + who, "merge request !", json);
      case "note" -> note(prefix + who, json);
      case "pipeline" ->
          ended(
              prefix + "pipeline on " + json.at(ATTRIBUTES + "ref"),
              json.at(ATTRIBUTES + "status"),
              json.at(ATTRIBUTES + "url"));
      case "build" ->
          ended(
              prefix + json.at("build_name") + " on " + json.at("ref"),
              json.at("build_status"),
              json.at("project.web_url"));
      case "deployment" ->
          ended(
              prefix + "deployment to " + json.at("environment"),
              json.at("status"),
              json.at("deployable_url"));
      case "release" ->
          Optional.of(
              News.of(
                  prefix + "release " + json.at("tag") + " (" + json.at("action") + ")",
                  json.at("name"),
                  json.at("url")));
      default ->
          Optional.of(
              News.of(
                  prefix + who + " " + (kind.isEmpty() ? json.at("event_name") : kind),
                  json.at("project.web_url")));
    };
  }

  private static String project(Json json) {
    String name = json.at("project.path_with_namespace");
    return name.isEmpty() ? "" : name + ": ";
  }

  private static Optional<News> push(String prefix, String who, Json json) {
    String ref = json.at("ref").replaceFirst("^refs/(heads|tags)/", "");
    List<Json> commits = json.list("commits");
    String total = json.at("total_commits_count");
    if (json.at("object_kind").equals("tag_push")) {
      return Optional.of(News.of(prefix + who + " pushed tag " + ref, json.at("project.web_url")));
    }
    return total.isEmpty() || total.equals("0")
        ? Optional.empty()
        : Optional.of(
            News.of(
                prefix
                    + who
                    + " pushed "
                    + (total.equals("1") ? "1 commit" : total + " commits")
                    + " to "
                    + ref,
                GitHubEvents.lines(commits),
                json.at("project.web_url")));
  }

  private static Optional<News> about(String who, String what, Json json) {
    return Optional.of(
        News.of(
            who
                + " "
                + done(json.at(ATTRIBUTES + "action"))
                + " "
                + what
                + json.at(ATTRIBUTES + "iid")
                + ": "
                + json.at(ATTRIBUTES + "title"),
            json.at(ATTRIBUTES + "url")));
  }

  private static String done(String action) {
    return switch (action) {
      case "open" -> "opened";
      case "close" -> "closed";
      case "reopen" -> "reopened";
      case "update" -> "updated";
      case "merge" -> "merged";
      case "" -> "touched";
      default -> action;
    };
  }

  private static Optional<News> note(String who, Json json) {
    String title =
        json.has("issue")
            ? "issue #" + json.at("issue.iid") + ": " + json.at("issue.title")
            : json.has("merge_request")
                ? "merge request !"
                    + json.at("merge_request.iid")
                    + ": "
                    + json.at("merge_request.title")
                : json.at(ATTRIBUTES + "noteable_type").toLowerCase(Locale.ROOT);
    return Optional.of(
        News.of(
            who + " commented on " + title,
            json.at(ATTRIBUTES + "note"),
            json.at(ATTRIBUTES + "url")));
  }

  private static Optional<News> ended(String what, String status, String link) {
    return status.matches("success|failed|canceled|skipped")
        ? GitHubEvents.verdict(what, status, link)
        : Optional.empty();
  }
}
