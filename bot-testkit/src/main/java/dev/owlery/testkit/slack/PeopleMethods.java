package dev.owlery.testkit.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.regex.Pattern;

/** {@code users.*}, {@code bots.*}, {@code team.*}, {@code auth.test} and {@code reactions.*}. */
final class PeopleMethods {
  private static final int PAGE = 100;
  private static final Pattern EMOJI = Pattern.compile("[a-z0-9_+'-]+(::skin-tone-[2-6])?");

  private final Workspace workspace;
  private final Board board;
  private final ChannelLookup lookup;

  PeopleMethods(Workspace workspace, Board board) {
    this.workspace = workspace;
    this.board = board;
    this.lookup = new ChannelLookup(workspace);
  }

  Map<String, WebApiMethod> all() {
    return Map.of(
        "api.test", (request, answer) -> answer.putObject("args"),
        "auth.test", this::authTest,
        "team.info", this::team,
        "bots.info", this::bot,
        "users.list", this::list,
        "users.info", this::info,
        "users.lookupByEmail", this::byEmail,
        "reactions.add", this::react,
        "reactions.remove", this::unreact);
  }

  private void authTest(ApiRequest request, ObjectNode answer) {
    SlackIds ids = workspace.ids();
    answer
        .put("url", "https://" + ids.domain() + ".slack.com/")
        .put("team", ids.domain())
        .put("user", ids.botName())
        .put("team_id", ids.team())
        .put("user_id", ids.botUser())
        .put("bot_id", ids.bot())
        .put("is_enterprise_install", false);
  }

  private void team(ApiRequest request, ObjectNode answer) {
    request.needScope("team:read");
    SlackIds ids = workspace.ids();
    answer
        .putObject("team")
        .put("id", ids.team())
        .put("name", ids.domain())
        .put("domain", ids.domain());
  }

  private void bot(ApiRequest request, ObjectNode answer) {
    request.needScope("users:read");
    SlackIds ids = workspace.ids();
    if (!request.argument("bot").map(ids.bot()::equals).orElse(false)) {
      throw new ApiError("bot_not_found");
    }
    answer
        .putObject("bot")
        .put("id", ids.bot())
        .put("deleted", false)
        .put("name", ids.botName())
        .put("app_id", ids.app())
        .put("user_id", ids.botUser());
  }

  private void list(ApiRequest request, ObjectNode answer) {
    request.needScope("users:read");
    Pages.put(
        answer,
        "members",
        workspace.people().stream().map(WorkspaceMember::json).toList(),
        request,
        PAGE);
  }

  private void info(ApiRequest request, ObjectNode answer) {
    request.needScope("users:read");
    WorkspaceMember person =
        request
            .argument("user")
            .flatMap(workspace::person)
            .orElseThrow(() -> new ApiError("user_not_found"));
    answer.set("user", person.json());
  }

  private void byEmail(ApiRequest request, ObjectNode answer) {
    request.needScope("users:read.email");
    String email = request.need("email");
    WorkspaceMember person =
        workspace.people().stream()
            .filter(known -> email.equals(known.name() + "@example.org"))
            .findFirst()
            .orElseThrow(() -> new ApiError("users_not_found"));
    answer.set("user", person.json());
  }

  private void react(ApiRequest request, ObjectNode answer) {
    ChannelState channel = reactable(request);
    ObjectNode message = item(channel, request);
    if (channel.archived) {
      throw new ApiError("is_archived");
    }
    if (!board.react(channel, message, workspace.ids().botUser(), emoji(request))) {
      throw new ApiError("already_reacted");
    }
  }

  private void unreact(ApiRequest request, ObjectNode answer) {
    ChannelState channel = reactable(request);
    ObjectNode message = item(channel, request);
    if (!board.unreact(channel, message, workspace.ids().botUser(), emoji(request))) {
      throw new ApiError("no_reaction");
    }
  }

  private ChannelState reactable(ApiRequest request) {
    request.needScope("reactions:write");
    return lookup.visible(request);
  }

  private static ObjectNode item(ChannelState channel, ApiRequest request) {
    String ts = request.need("timestamp", "no_item_specified");
    if (!ts.matches("\\d+\\.\\d+")) {
      throw new ApiError("bad_timestamp");
    }
    return ChannelLookup.message(channel, request, "timestamp");
  }

  private static String emoji(ApiRequest request) {
    String name = request.need("name", "invalid_name");
    if (!EMOJI.matcher(name).matches()) {
      throw new ApiError("invalid_name");
    }
    return name;
  }
}
