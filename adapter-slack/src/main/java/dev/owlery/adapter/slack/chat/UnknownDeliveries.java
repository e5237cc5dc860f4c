package dev.owlery.adapter.slack.chat;

import com.google.gson.JsonObject;
import dev.owlery.adapter.slack.text.SlackJson;
import dev.owlery.api.adapter.AdapterContext;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.slack.SlackNotation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What comes and is not for us, or is of a kind that means nothing here: counted, and told in the
 * log the first time. Any thread.
 */
public final class UnknownDeliveries {
  private static final Logger LOG = LoggerFactory.getLogger(UnknownDeliveries.class);
  private static final int MOST_KINDS = 500;

  private final AdapterContext context;
  private final SlackIdentity identity;
  private final Map<String, Long> counts = new HashMap<>();
  private volatile String app = "";

  public UnknownDeliveries(AdapterContext context, SlackIdentity identity) {
    this.context = context;
    this.identity = identity;
  }

  /**
   * Notes which app this is.
   *
   * @param id its id; empty if that could not be found out
   */
  public void ourApp(String id) {
    app = id;
  }

  /**
   * Whether a delivery is for this app in this workspace.
   *
   * @param payload an event, a slash command or an interaction
   * @return false for another's, which is counted and leaves an audit line
   */
  boolean isForUs(JsonObject payload) {
    String toApp = SlackJson.text(payload, "api_app_id");
    boolean rightApp = app.isEmpty() || toApp.isEmpty() || toApp.equals(app);
    List<String> teams =
        List.of(
            SlackJson.text(payload, "team_id"),
            SlackJson.text(payload, "team", "id"),
            SlackJson.text(payload, "context_team_id"));
    boolean named = teams.stream().anyMatch(team -> !team.isEmpty());
    boolean authorized =
        SlackJson.objects(payload, "authorizations").stream()
            .anyMatch(each -> SlackJson.text(each, "team_id").equals(identity.self().team()));
    boolean rightTeam = !named || authorized || teams.contains(identity.self().team());
    if (!rightApp || !rightTeam) {
      String other = rightApp ? "another workspace" : "another app";
      count(other);
      context.refused(
          Conversation.ofAccount(context.account()),
          Member.unverified("Slack"),
          "a delivery",
          "it is for " + other);
    }
    return rightApp && rightTeam;
  }

  /** Counts something that means nothing here. */
  void count(String kind) {
    String clean = SlackNotation.clean(kind).replace('\n', ' ');
    boolean first;
    synchronized (counts) {
      String key = counts.containsKey(clean) || counts.size() < MOST_KINDS ? clean : "others";
      first = counts.merge(key, 1L, Long::sum) == 1;
    }
    if (first) {
      LOG.debug("Slack delivers {}, which means nothing here", clean);
    }
  }

  /** How often what came. */
  Map<String, Long> counts() {
    synchronized (counts) {
      return Map.copyOf(counts);
    }
  }
}
