package dev.owlery.testkit.slack;

import dev.owlery.core.schedule.SystemTimers;
import dev.owlery.core.schedule.Timers;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What is to be known before a {@link SlackDouble} starts. */
public final class SlackDoubleBuilder {
  /** What an app that can do everything here asks for. */
  private static final Set<String> ALL_SCOPES =
      Set.of(
          "app_mentions:read",
          "channels:history",
          "channels:join",
          "channels:manage",
          "channels:read",
          "chat:write",
          "chat:write.customize",
          "commands",
          "files:read",
          "files:write",
          "groups:history",
          "groups:read",
          "groups:write",
          "im:history",
          "im:read",
          "im:write",
          "mpim:history",
          "mpim:read",
          "mpim:write",
          "reactions:read",
          "reactions:write",
          "team:read",
          "users:read",
          "users:read.email");

  private final Set<String> scopes = new TreeSet<>(ALL_SCOPES);
  private String team = "T0DOUBLE";
  private String botName = "owl";
  private String signingSecret = "8f742231b10e8888abcd99yyyzzz85a5";
  private SlackPace pace = SlackPace.DOCUMENTED;
  private Optional<Timers> timers = Optional.empty();

  SlackDoubleBuilder() {}

  /**
   * The workspace; the tokens are made of it, so that two workspaces never share one.
   *
   * @param id for example {@code T0OTHER}
   * @return this builder
   */
  public SlackDoubleBuilder team(String id) {
    team = id;
    return this;
  }

  /**
   * The bot's name in the workspace.
   *
   * @param name {@code owl} without this
   * @return this builder
   */
  public SlackDoubleBuilder botName(String name) {
    botName = name;
    return this;
  }

  /**
   * What requests over HTTP are signed with.
   *
   * @param secret the app's signing secret
   * @return this builder
   */
  public SlackDoubleBuilder signingSecret(String secret) {
    signingSecret = secret;
    return this;
  }

  /**
   * Takes scopes away from the bot's token.
   *
   * @param names for example {@code chat:write}
   * @return this builder
   */
  public SlackDoubleBuilder without(String... names) {
    Set.of(names).forEach(scopes::remove);
    return this;
  }

  /**
   * Gives the bot's token more scopes.
   *
   * @param names for example {@code chat:write.public}
   * @return this builder
   */
  public SlackDoubleBuilder with(String... names) {
    scopes.addAll(Set.of(names));
    return this;
  }

  /**
   * How long Slack waits for what.
   *
   * @param other {@link SlackPace#DOCUMENTED} without this
   * @return this builder
   */
  public SlackDoubleBuilder pace(SlackPace other) {
    pace = other;
    return this;
  }

  /**
   * The time that the double lives in.
   *
   * @param other for example a {@code ManualClock}; the machine's without this
   * @return this builder
   */
  public SlackDoubleBuilder timers(Timers other) {
    timers = Optional.of(other);
    return this;
  }

  /**
   * Starts it.
   *
   * @return listening on a loopback port
   */
  public SlackDouble start() {
    String secret = Integer.toHexString(team.hashCode());
    SlackIds ids =
        new SlackIds(
            team,
            team.toLowerCase(java.util.Locale.ROOT),
            "A0DOUBLE",
            "U0DOUBLEBOT",
            "B0DOUBLE",
            botName,
            "xoxb-1111-2222-botTokenOf" + secret,
            "xapp-1-A0DOUBLE-3333-appTokenOf" + secret,
            signingSecret,
            "verificationTokenOf" + secret,
            Set.copyOf(scopes));
    return new SlackDouble(ids, pace, timers.orElseGet(SystemTimers::new));
  }
}
