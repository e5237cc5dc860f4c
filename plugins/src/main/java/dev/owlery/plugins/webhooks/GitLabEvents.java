package dev.owlery.plugins.webhooks;

import dev.owlery.api.content.Item.Severity;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * GitLab's events in words: all that its pages "Webhook events" and "System hooks" list. What is
 * unknown, because it is newer, gets a line too.
 */
final class GitLabEvents {
  private static final String ATTRIBUTES = "object_attributes.";
  private static final String NOBODY = "0{40}|0{64}";
  private static final int SHORT_HASH = 8;

  /** Events that have a name and no kind; {@code {a}} stands for a part of the JSON. */
  private static final Map<String, String> NAMED =
      Map.ofEntries(
          Map.entry("user_add_to_group", "{group_path}: {user_name} was added as {group_access}"),
          Map.entry("user_update_for_group", "{group_path}: {user_name} is {group_access} now"),
          Map.entry("user_remove_from_group", "{group_path}: {user_name} was removed"),
          Map.entry("user_access_request_to_group", "{group_path}: {user_name} asks for access"),
          Map.entry(
              "user_access_request_denied_for_group",
              "{group_path}: {user_name} was denied access"),
          Map.entry(
              "user_access_request_revoked_for_group",
              "{group_path}: {user_name} no longer asks for access"),
          Map.entry(
              "user_add_to_team",
              "{project_path_with_namespace}: {user_name} was added as {access_level}"),
          Map.entry(
              "user_update_for_team",
              "{project_path_with_namespace}: {user_name} is {access_level} now"),
          Map.entry(
              "user_remove_from_team", "{project_path_with_namespace}: {user_name} was removed"),
          Map.entry(
              "user_access_request_to_project",
              "{project_path_with_namespace}: {user_name} asks for access"),
          Map.entry(
              "user_access_request_revoked_for_project",
              "{project_path_with_namespace}: {user_name} no longer asks for access"),
          Map.entry("project_create", "project {path_with_namespace} was created"),
          Map.entry("project_destroy", "project {path_with_namespace} was deleted"),
          Map.entry("project_update", "project {path_with_namespace} was changed"),
          Map.entry(
              "project_rename",
              "project {old_path_with_namespace} is called {path_with_namespace} now"),
          Map.entry(
              "project_transfer", "project {old_path_with_namespace} is {path_with_namespace} now"),
          Map.entry("subgroup_create", "group {full_path} was created"),
          Map.entry("subgroup_destroy", "group {full_path} was deleted"),
          Map.entry("group_create", "group {full_path} was created"),
          Map.entry("group_destroy", "group {full_path} was deleted"),
          Map.entry("group_rename", "group {old_full_path} is called {full_path} now"),
          Map.entry("user_create", "user {username} was created"),
          Map.entry("user_destroy", "user {username} was deleted"),
          Map.entry("user_rename", "user {old_username} is called {username} now"),
          Map.entry("user_failed_login", "user {username} failed to log in ({state})"),
          Map.entry("key_create", "{username} added an SSH key"),
          Map.entry("key_destroy", "{username} removed an SSH key"));

  private GitLabEvents() {}

  /**
   * What an event says.
   *
   * @return empty if it says nothing that anybody waits for
   * @throws RequestRefused if it is no event of GitLab's
   */
  static Optional<WebhookItem> news(WebhookJson json) throws RequestRefused {
    String prefix = project(json);
    String who = json.at("user.name").isEmpty() ? json.at("user_name") : json.at("user.name");
    String name = json.at("event_name");
    String kind = json.at("object_kind").isEmpty() ? name : json.at("object_kind");
    String link = json.at(ATTRIBUTES + "url");
    return switch (kind) {
      case "" ->
          throw new RequestRefused(
              400,
              "no_event",
              "GitLab says in object_kind or event_name what it is; is it GitLab?");
      case "push", "tag_push" -> push(prefix, who, kind, json);
      // The same in more words, for the whole server.
      case "repository_update" -> Optional.empty();
      case "issue", "work_item" -> about(prefix + who, workItem(json) + " #", json);
      case "merge_request" -> about(prefix + who, "merge request !", json);
      case "note" -> note(prefix + who, json);
      case "wiki_page" ->
          said(prefix + who + " " + action(json), "the wiki page {object_attributes.title}", json);
      case "milestone" ->
          said(prefix + action(json), "the milestone {object_attributes.title}", json);
      case "feature_flag" ->
          said(
              prefix
                  + who
                  + (json.at(ATTRIBUTES + "active").equals("true") ? " turned on" : " turned off"),
              "the feature flag {object_attributes.name}",
              json);
      case "emoji" -> emoji(prefix + who, json);
      case "access_token" ->
          warning(
              prefix.isEmpty() ? json.at("group.full_path") + ":" : prefix,
              "the access token {object_attributes.name} expires on {object_attributes.expires_at}",
              json);
      case "vulnerability" ->
          warning(
              prefix,
              "vulnerability ({object_attributes.severity}, {object_attributes.state}):"
                  + " {object_attributes.title}",
              json);
      case "pipeline" ->
          ended(
              prefix + "pipeline on " + json.at(ATTRIBUTES + "ref"),
              json.at(ATTRIBUTES + "status"),
              link);
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
      case "gitlab_subscription_member_approval" ->
          Optional.of(
              WebhookItem.of(
                  json.fill("user {user_id} waits for the approval of another role"), ""));
      case "gitlab_subscription_member_approvals" ->
          Optional.of(
              WebhookItem.of(
                  json.fill("the other role of user {user_id} was")
                      + (json.at("action").equals("deny") ? " denied" : " approved"),
                  ""));
      case "release" ->
          Optional.of(
              WebhookItem.of(
                  prefix + "release " + json.at("tag") + " was " + action(json),
                  json.at("name"),
                  json.at("url")));
      default ->
          NAMED.containsKey(kind)
              ? Optional.of(
                  WebhookItem.of(json.fill(named(kind, json)), json.at("project.web_url")))
              : said(prefix + who + " " + kind.replace('_', ' '), "", json);
    };
  }

  /** GitLab sends a group's full path, which its page on system hooks does not list. */
  private static String named(String kind, WebhookJson json) {
    String sentence = NAMED.getOrDefault(kind, "");
    return json.has("full_path") ? sentence : sentence.replace("{full_path}", "{path}");
  }

  private static String project(WebhookJson json) {
    String name = json.at("project.path_with_namespace");
    return name.isEmpty() ? "" : name + ": ";
  }

  /** A sentence with parts of the JSON in it. */
  private static Optional<WebhookItem> said(String begin, String sentence, WebhookJson json) {
    String link = json.at(ATTRIBUTES + "url");
    return Optional.of(
        WebhookItem.of(
            begin + " " + json.fill(sentence), link.isEmpty() ? json.at("project.web_url") : link));
  }

  private static Optional<WebhookItem> warning(String begin, String sentence, WebhookJson json) {
    return said(begin, sentence, json)
        .map(news -> new WebhookItem(news.title(), news.text(), news.link(), Severity.WARNING));
  }

  private static Optional<WebhookItem> push(
      String prefix, String who, String kind, WebhookJson json) {
    String ref = json.at("ref").replaceFirst("^refs/(heads|tags)/", "");
    String total = json.at("total_commits_count");
    String link = json.at("project.web_url");
    String what = kind.equals("tag_push") ? "tag " + ref : "branch " + ref;
    if (json.at("after").matches(NOBODY)) {
      return Optional.of(WebhookItem.of(prefix + who + " deleted " + what, link));
    } else if (kind.equals("tag_push")) {
      return Optional.of(WebhookItem.of(prefix + who + " pushed " + what, link));
    } else if (total.isEmpty() || total.equals("0")) {
      return json.at("before").matches(NOBODY)
          ? Optional.of(WebhookItem.of(prefix + who + " created " + what, link))
          : Optional.empty();
    }
    String count = total.equals("1") ? "1 commit" : total + " commits";
    return Optional.of(
        WebhookItem.of(
            prefix + who + " pushed " + count + " to " + ref,
            GitHubEvents.lines(json.list("commits")),
            link));
  }

  /** An epic, a task, an incident; by default an issue. */
  private static String workItem(WebhookJson json) {
    String type = json.at(ATTRIBUTES + "type").toLowerCase(Locale.ROOT);
    return type.isEmpty() ? "issue" : type;
  }

  private static Optional<WebhookItem> about(String who, String what, WebhookJson json) {
    return said(
        who + " " + action(json) + " " + what + json.at(ATTRIBUTES + "iid") + ":",
        "{object_attributes.title}",
        json);
  }

  private static String action(WebhookJson json) {
    String action = json.at(ATTRIBUTES + "action");
    String done = action.isEmpty() ? json.at("action") : action;
    return switch (done) {
      case "open" -> "opened";
      case "close" -> "closed";
      case "reopen" -> "reopened";
      case "create" -> "created";
      case "update" -> "updated";
      case "delete" -> "deleted";
      case "merge" -> "merged";
      case "approval" -> "approved (one of several)";
      case "unapproval", "unapproved" -> "took back the approval of";
      case "" -> "touched";
      default -> done.replace('_', ' ');
    };
  }

  private static Optional<WebhookItem> note(String who, WebhookJson json) {
    boolean isEdit = json.at(ATTRIBUTES + "action").equals("update");
    return Optional.of(
        WebhookItem.of(
            who + (isEdit ? " edited a comment on " : " commented on ") + target(json),
            json.at(ATTRIBUTES + "note"),
            json.at(ATTRIBUTES + "url")));
  }

  /** What a comment or a reaction is about. */
  private static String target(WebhookJson json) {
    if (json.has("issue")) {
      return json.fill("issue #{issue.iid}: {issue.title}");
    } else if (json.has("merge_request")) {
      return json.fill("merge request !{merge_request.iid}: {merge_request.title}");
    } else if (json.has("snippet")) {
      return json.fill("snippet {snippet.title}");
    } else if (json.has("commit")) {
      String id = json.at("commit.id");
      return "commit " + id.substring(0, Math.min(SHORT_HASH, id.length()));
    }
    String type = json.at(ATTRIBUTES + "noteable_type") + json.at(ATTRIBUTES + "awardable_type");
    return type.isEmpty() ? "something" : type.toLowerCase(Locale.ROOT);
  }

  private static Optional<WebhookItem> emoji(String who, WebhookJson json) {
    boolean isGone = json.at(ATTRIBUTES + "action").equals("revoke");
    return Optional.of(
        WebhookItem.of(
            who
                + (isGone ? " took back :" : " reacted with :")
                + json.at(ATTRIBUTES + "name")
                + (isGone ? ": from " : ": to ")
                + target(json),
            json.at(ATTRIBUTES + "awarded_on_url")));
  }

  private static Optional<WebhookItem> ended(String what, String status, String link) {
    return status.matches("success|failed|canceled|skipped")
        ? GitHubEvents.verdict(what, status, link)
        : Optional.empty();
  }
}
