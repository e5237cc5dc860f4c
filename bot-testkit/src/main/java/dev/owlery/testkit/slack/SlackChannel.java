package dev.owlery.testkit.slack;

import java.util.List;

/** A channel, as somebody who may do everything there sees it. Safe for use by several threads. */
public final class SlackChannel {
  private final SlackDouble slack;
  private final Workspace workspace;
  private final Board board;
  private final ChannelState state;

  SlackChannel(SlackDouble slack, Workspace workspace, Board board, ChannelState state) {
    this.slack = slack;
    this.workspace = workspace;
    this.board = board;
    this.state = state;
  }

  /**
   * Its id.
   *
   * @return for example {@code C0DOUBLE0001}
   */
  public String id() {
    return state.id;
  }

  /**
   * Its name.
   *
   * @return without {@code #}
   */
  public String name() {
    synchronized (workspace) {
      return state.name;
    }
  }

  /**
   * Puts the bot into the channel, if it is not there.
   *
   * @return this channel
   */
  public SlackChannel invitesBot() {
    board.join(state, slack.botUserId());
    return this;
  }

  /** Puts the bot out of the channel. */
  public void removesBot() {
    board.leave(state, slack.botUserId());
  }

  /** Nobody can post here any more. */
  public void isArchived() {
    board.archive(state, slack.botUserId());
  }

  /**
   * Gives it another name.
   *
   * @param name without {@code #}
   */
  public void isRenamed(String name) {
    board.rename(state, name);
  }

  /** Lets people of another workspace in, as Slack Connect does. */
  public void isShared() {
    synchronized (workspace) {
      state.shared = true;
    }
  }

  /**
   * Its topic.
   *
   * @return empty when there is none
   */
  public String topic() {
    synchronized (workspace) {
      return state.topic;
    }
  }

  /**
   * Whether the bot is in it.
   *
   * @return true for a member
   */
  public boolean hasBot() {
    synchronized (workspace) {
      return state.has(slack.botUserId());
    }
  }

  /**
   * What stands in it now.
   *
   * @return the oldest first, answers in threads included, deleted messages not
   */
  public List<SlackMessage> messages() {
    return workspace.messages(state.id);
  }

  /**
   * The texts that the bot has there now.
   *
   * @return the oldest first, as people read them
   */
  public List<String> textsOfBot() {
    return messages().stream()
        .filter(message -> message.user().equals(slack.botUserId()))
        .filter(message -> message.subtype().isEmpty())
        .map(SlackMessage::plain)
        .toList();
  }
}
