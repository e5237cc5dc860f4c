package dev.owlery.plugins.webhooks;

import dev.owlery.api.content.Item.Severity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * GitHub's events in words: all that its page "Webhook events and payloads" lists. What is unknown,
 * because it is newer, gets a line too.
 */
final class GitHubEvents {
  private static final int COMMITS = 5;
  private static final int SHORT_HASH = 8;

  /**
   * What an event is about.
   *
   * @param did what somebody did; empty for the action as GitHub calls it
   * @param what in which {@code {a.b}} stands for a part of the JSON
   * @param link where to read on; may be empty
   */
  private record Sentence(String did, String what, String link) {}

  private static final Map<String, Sentence> SENTENCES =
      Map.ofEntries(
          of("branch_protection_rule", "", "the branch protection rule {rule.name}", ""),
          of("check_suite", "", "checks", ""),
          of("custom_property", "", "the property {definition.property_name}", ""),
          of("deploy_key", "", "the deploy key {key.title}", ""),
          of("deployment", "", "a deployment of {deployment.ref} to {deployment.environment}", ""),
          of("deployment_review", "", "a deployment to {environment}", "workflow_run.html_url"),
          of(
              "discussion",
              "",
              "discussion #{discussion.number}: {discussion.title}",
              "discussion.html_url"),
          of("fork", "forked it to", "{forkee.full_name}", "forkee.html_url"),
          of("github_app_authorization", "", "the authorization of an app", ""),
          of(
              "installation",
              "",
              "the app {installation.app_slug} on {installation.account.login}",
              "installation.html_url"),
          of(
              "installation_repositories",
              "",
              "repositories of the app {installation.app_slug} on {installation.account.login}",
              "installation.html_url"),
          of("label", "", "the label {label.name}", ""),
          of(
              "marketplace_purchase",
              "",
              "the plan {marketplace_purchase.plan.name} for {marketplace_purchase.account.login}",
              ""),
          of("member", "", "the collaborator {member.login}", "member.html_url"),
          of("membership", "", "{member.login}, of the team {team.name}", "team.html_url"),
          of("merge_group", "", "of the merge queue: {merge_group.head_ref}", ""),
          of("meta", "", "the webhook", ""),
          of("milestone", "", "the milestone {milestone.title}", "milestone.html_url"),
          of(
              "organization",
              "",
              "{membership.user.login}, of the organization" + " {organization.login}",
              ""),
          of("org_block", "", "{blocked_user.login}", "blocked_user.html_url"),
          of(
              "package",
              "",
              "the package {package.name} {package.package_version.version}",
              "package.html_url"),
          of("project", "", "the project {project.name}", "project.html_url"),
          of("project_card", "", "a card of a project", "project_card.url"),
          of("project_column", "", "the column {project_column.name} of a project", ""),
          of("projects_v2", "", "the project {projects_v2.title}", ""),
          of("projects_v2_item", "", "an item of a project", ""),
          of("public", "made the repository public", "", "repository.html_url"),
          of(
              "registry_package",
              "",
              "the package {registry_package.name}",
              "registry_package.html_url"),
          of("repository", "", "the repository {repository.full_name}", "repository.html_url"),
          of("repository_dispatch", "sent the event", "{action}", ""),
          of("repository_ruleset", "", "the ruleset {repository_ruleset.name}", ""),
          of(
              "sponsorship",
              "",
              "{sponsorship.sponsor.login}'s sponsorship of" + " {sponsorship.sponsorable.login}",
              ""),
          of(
              "sub_issues",
              "",
              "#{sub_issue.number} of #{parent_issue.number}",
              "parent_issue.html_url"),
          of("team", "", "the team {team.name}", "team.html_url"),
          of("team_add", "added it to", "the team {team.name}", "team.html_url"),
          of("watch", "starred it", "", "repository.html_url"),
          of("workflow_dispatch", "started", "the workflow {workflow} on {ref}", ""));

  /** What people do, where the action's name is no verb of its own. */
  private static final Map<String, String> VERBS =
      Map.ofEntries(
          Map.entry("synchronize", "pushed to"),
          Map.entry("review_requested", "asked for a review of"),
          Map.entry("review_request_removed", "asks no more for a review of"),
          Map.entry("ready_for_review", "says ready for review:"),
          Map.entry("converted_to_draft", "made a draft of"),
          Map.entry("auto_merge_enabled", "will merge as soon as possible"),
          Map.entry("auto_merge_disabled", "will not merge as soon as possible"),
          Map.entry("demilestoned", "took the milestone from"),
          Map.entry("milestoned", "set the milestone of"),
          Map.entry("category_changed", "changed the category of"),
          Map.entry("member_added", "added"),
          Map.entry("member_removed", "removed"),
          Map.entry("member_invited", "invited a member:"),
          Map.entry("added_to_repository", "added to the repository"),
          Map.entry("removed_from_repository", "removed from the repository"),
          Map.entry("new_permissions_accepted", "accepted new permissions of"),
          Map.entry("suspend", "suspended"),
          Map.entry("unsuspend", "resumed"),
          Map.entry("privatized", "made private"),
          Map.entry("publicized", "made public"),
          Map.entry("checks_requested", "asked for the checks"),
          Map.entry("pending_tier_change", "will change"),
          Map.entry("pending_cancellation", "will cancel"),
          Map.entry("requested", "asked for a review of"));

  private GitHubEvents() {}

  private static Map.Entry<String, Sentence> of(
      String event, String did, String what, String link) {
    return Map.entry(event, new Sentence(did, what, link));
  }

  /**
   * What an event says.
   *
   * @param event its name, from the header {@code X-GitHub-Event}
   * @return empty if it says nothing that anybody waits for
   * @throws RequestRefused if it is no event of GitHub's
   */
  static Optional<WebhookItem> news(String event, WebhookJson json) throws RequestRefused {
    if (event.isBlank()) {
      throw new RequestRefused(
          400, "no_event", "GitHub says in the header X-GitHub-Event what it is; is it GitHub?");
    }
    String who = json.at("sender.login");
    String what = did(json.at("action"));
    String prefix = place(json);
    return switch (event) {
      case "ping" ->
          Optional.of(WebhookItem.of(prefix + "the webhook works: " + json.at("zen"), ""));
      case "push" -> push(prefix, json);
      case "pull_request" ->
          about(prefix + who + " " + merged(json, what) + " pull request", json, "pull_request");
      case "pull_request_review" ->
          about(prefix + who + " " + reviewed(json) + " pull request", json, "pull_request");
      case "pull_request_review_thread" ->
          about(prefix + who + " " + what + " a thread on pull request", json, "pull_request");
      case "issues" -> about(prefix + who + " " + what + " issue", json, "issue");
      case "issue_comment", "pull_request_review_comment", "discussion_comment" ->
          comment(prefix + who, what, json);
      case "commit_comment" ->
          Optional.of(
              WebhookItem.of(
                  prefix + who + " commented on commit " + hash(json.at("comment.commit_id")),
                  json.at("comment.body"),
                  json.at("comment.html_url")));
      case "release" ->
          Optional.of(
              WebhookItem.of(
                  prefix + who + " " + what + " release " + json.at("release.tag_name"),
                  json.at("release.name"),
                  json.at("release.html_url")));
      case "create", "delete" ->
          Optional.of(
              WebhookItem.of(
                  prefix + who + " " + event + "d " + json.at("ref_type") + " " + json.at("ref"),
                  json.at("repository.html_url")));
      case "workflow_run", "workflow_job", "check_suite", "check_run" -> run(prefix, event, json);
      case "status" -> status(prefix, json);
      case "deployment_status" ->
          verdict(
              prefix + "deployment to " + json.at("deployment.environment"),
              json.at("deployment_status.state"),
              json.at("deployment_status.target_url"));
      case "page_build" ->
          verdict(prefix + "pages", json.at("build.status"), json.at("repository.html_url"));
      case "repository_import" ->
          verdict(prefix + "import", json.at("status"), json.at("repository.html_url"));
      case "gollum" -> wiki(prefix + who, json);
      case "star" ->
          Optional.of(
              WebhookItem.of(
                  prefix + who + (what.equals("deleted") ? " took a star back" : " starred it"),
                  json.at("repository.html_url")));
      case "security_advisory", "repository_advisory" -> advisory(prefix, event, what, json);
      case "dependabot_alert",
          "code_scanning_alert",
          "secret_scanning_alert",
          "repository_vulnerability_alert" ->
          alert(prefix, event, what, json);
      default -> Optional.of(sentence(prefix, who, event, what, json));
    };
  }

  private static WebhookItem sentence(
      String prefix, String who, String event, String what, WebhookJson json) {
    Sentence known = SENTENCES.get(event);
    if (known == null) {
      String words = String.join(" ", who, what, event.replace('_', ' '));
      return WebhookItem.of(prefix + words, json.at("repository.html_url"));
    }
    String did = known.did().isEmpty() ? what : known.did();
    String link = json.at(known.link());
    return WebhookItem.of(
        prefix + String.join(" ", who, did, json.fill(known.what())),
        link.isEmpty() ? json.at("repository.html_url") : link);
  }

  private static String did(String action) {
    return VERBS.getOrDefault(action, action.replace('_', ' '));
  }

  /** Where it happens: events of organizations have no repository, some have neither. */
  private static String place(WebhookJson json) {
    String name = json.at("repository.full_name");
    String place = name.isEmpty() ? json.at("organization.login") : name;
    return place.isEmpty() ? "" : place + ": ";
  }

  private static String hash(String commit) {
    return commit.substring(0, Math.min(SHORT_HASH, commit.length()));
  }

  /** With commits, or of a branch or tag that came, went or was moved. */
  private static Optional<WebhookItem> push(String prefix, WebhookJson json) {
    List<WebhookJson> commits = json.list("commits");
    String ref = json.at("ref").replaceFirst("^refs/(heads|tags)/", "");
    String pusher = json.at("pusher.name");
    String kind = json.at("ref").startsWith("refs/tags/") ? "tag " : "branch ";
    String link = json.at("compare");
    if (json.at("deleted").equals("true")) {
      return Optional.of(
          WebhookItem.of(
              prefix + pusher + " deleted " + kind + ref, json.at("repository.html_url")));
    } else if (commits.isEmpty()) {
      boolean isNew = json.at("created").equals("true");
      boolean isMoved = json.at("forced").equals("true");
      return isNew || isMoved
          ? Optional.of(
              WebhookItem.of(
                  prefix + pusher + (isNew ? " created " : " moved ") + kind + ref, link))
          : Optional.empty();
    }
    String count = commits.size() == 1 ? "1 commit" : commits.size() + " commits";
    return Optional.of(
        WebhookItem.of(prefix + pusher + " pushed " + count + " to " + ref, lines(commits), link));
  }

  /** The first lines of the first commits. */
  static String lines(List<WebhookJson> commits) {
    return commits.stream()
        .limit(COMMITS)
        .map(commit -> commit.at("message").lines().findFirst().orElse(""))
        .collect(Collectors.joining("\n"));
  }

  private static String merged(WebhookJson json, String what) {
    return what.equals("closed") && json.at("pull_request.merged").equals("true") ? "merged" : what;
  }

  private static String reviewed(WebhookJson json) {
    return switch (json.at("action")) {
      case "submitted", "" -> "has reviewed (" + json.at("review.state") + ")";
      case "dismissed" -> "dismissed a review of";
      default -> json.at("action") + " a review of";
    };
  }

  private static Optional<WebhookItem> about(String begin, WebhookJson json, String part) {
    return Optional.of(
        WebhookItem.of(
            begin + " #" + json.at(part + ".number") + ": " + json.at(part + ".title"),
            json.at(part + ".html_url")));
  }

  private static Optional<WebhookItem> comment(String who, String what, WebhookJson json) {
    String part =
        json.has("issue") ? "issue" : json.has("discussion") ? "discussion" : "pull_request";
    String did = what.equals("created") ? " commented on" : " " + what + " a comment on";
    return Optional.of(
        WebhookItem.of(
            who + did + " #" + json.at(part + ".number") + ": " + json.at(part + ".title"),
            json.at("comment.body"),
            json.at("comment.html_url")));
  }

  private static Optional<WebhookItem> run(String prefix, String event, WebhookJson json) {
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

  private static Optional<WebhookItem> status(String prefix, WebhookJson json) {
    String state = json.at("state");
    return state.equals("pending")
        ? Optional.empty()
        : verdict(prefix + json.at("context"), state, json.at("target_url"));
  }

  private static Optional<WebhookItem> wiki(String who, WebhookJson json) {
    List<WebhookJson> pages = json.list("pages");
    String first = pages.isEmpty() ? "" : pages.getFirst().at("title");
    String more = pages.size() > 1 ? " and " + (pages.size() - 1) + " more" : "";
    String did = pages.isEmpty() ? "edited" : pages.getFirst().at("action");
    return Optional.of(
        WebhookItem.of(
            who + " " + did + " the wiki page " + first + more,
            pages.isEmpty() ? "" : pages.getFirst().at("html_url")));
  }

  private static Optional<WebhookItem> advisory(
      String prefix, String event, String what, WebhookJson json) {
    return Optional.of(
        new WebhookItem(
            prefix
                + json.fill(
                    "advisory {" + event + ".ghsa_id} " + what + ": {" + event + ".summary}"),
            "",
            json.at(event + ".html_url"),
            what.equals("published") ? Severity.WARNING : Severity.INFO));
  }

  private static Optional<WebhookItem> alert(
      String prefix, String event, String what, WebhookJson json) {
    String about =
        json.fill(
            "{alert.security_advisory.summary}{alert.rule.description}"
                + "{alert.secret_type_display_name}{alert.affected_package_name}");
    String number = json.at("alert.number");
    String name = event.replace('_', ' ').replace("dependabot", "Dependabot");
    boolean isNew = what.startsWith("create") || what.startsWith("reopened");
    return Optional.of(
        new WebhookItem(
            prefix
                + name
                + (number.isEmpty() ? "" : " #" + number)
                + " "
                + (what.equals("create") ? "created" : what)
                + (about.isEmpty() ? "" : ": " + about),
            "",
            json.at("alert.html_url"),
            isNew ? Severity.WARNING : Severity.INFO));
  }

  /** A result; a bad one is a warning. */
  static Optional<WebhookItem> verdict(String what, String state, String link) {
    boolean bad =
        state.matches("fail.*|error.*|timed_out|startup_failure|action_required|cancel.*");
    return Optional.of(
        new WebhookItem(
            what + ": " + (state.isEmpty() ? "unknown" : state.replace('_', ' ')),
            "",
            link,
            bad ? Severity.WARNING : Severity.INFO));
  }
}
