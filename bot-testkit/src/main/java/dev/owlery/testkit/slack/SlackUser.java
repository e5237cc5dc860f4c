package dev.owlery.testkit.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A person in the workspace. Safe for use by several threads. */
public final class SlackUser {
  private final SlackParts parts;
  private final String id;

  SlackUser(SlackParts parts, String id) {
    this.parts = parts;
    this.id = id;
  }

  /**
   * Their id.
   *
   * @return for example {@code U0DOUBLE0002}
   */
  public String id() {
    return id;
  }

  /**
   * Their name.
   *
   * @return as it was asked for
   */
  public String name() {
    return person().name();
  }

  private WorkspaceMember person() {
    return parts.workspace().person(id).orElseThrow();
  }

  /**
   * Shows another name to others; the id remains.
   *
   * @param name anything, another's too
   * @return this user
   */
  public SlackUser isShownAs(String name) {
    parts.workspace().add(person().withDisplayName(name));
    return tellChange();
  }

  /**
   * Is a guest from here on.
   *
   * @param inOneChannel whether they may be in one channel only
   * @return this user
   */
  public SlackUser isGuest(boolean inOneChannel) {
    WorkspaceMember.MemberKind kind =
        inOneChannel
            ? WorkspaceMember.MemberKind.SINGLE_CHANNEL_GUEST
            : WorkspaceMember.MemberKind.GUEST;
    parts.workspace().add(person().withKind(kind));
    return tellChange();
  }

  /**
   * Is from another workspace, through Slack Connect.
   *
   * @param team that workspace's id
   * @return this user
   */
  public SlackUser isFrom(String team) {
    WorkspaceMember now = person();
    parts
        .workspace()
        .add(
            new WorkspaceMember(
                id, now.name(), now.displayName(), WorkspaceMember.MemberKind.STRANGER, team));
    return tellChange();
  }

  private SlackUser tellChange() {
    Workspace workspace = parts.workspace();
    synchronized (workspace) {
      ObjectNode event =
          JsonNodes.object().put("type", "user_change").put("event_ts", workspace.nextTs());
      event.set("user", person().json());
      workspace.tellAll(event);
    }
    return this;
  }

  /**
   * Goes to a channel and is in it from now on, without having been seen to join.
   *
   * @param channel its name without {@code #}, or its id; made if there is none
   * @return what the user does and sees there
   */
  public SlackRoom in(String channel) {
    Workspace workspace = parts.workspace();
    synchronized (workspace) {
      ChannelState state = workspace.channel(channel).orElseGet(() -> parts.channel(channel));
      state.members.add(id);
      return room(state);
    }
  }

  /**
   * Joins a channel, seen by those who are in it.
   *
   * @param channel its name without {@code #}
   * @return what the user does and sees there
   */
  public SlackRoom joins(String channel) {
    SlackRoom room = room(parts.channel(channel));
    room.joins();
    return room;
  }

  /**
   * Talks to the bot alone.
   *
   * @return what the user does and sees there
   */
  public SlackRoom direct() {
    Workspace workspace = parts.workspace();
    return room(workspace.direct(List.of(id, workspace.ids().botUser())));
  }

  /**
   * Talks to the bot and others in a group-direct conversation.
   *
   * @param others who else
   * @return what the user does and sees there
   */
  public SlackRoom directWith(SlackUser... others) {
    Workspace workspace = parts.workspace();
    List<String> members = new ArrayList<>(List.of(id, workspace.ids().botUser()));
    List.of(others).forEach(other -> members.add(other.id));
    return room(workspace.direct(members));
  }

  private SlackRoom room(ChannelState state) {
    return new SlackRoom(parts.workspace(), parts.board(), parts.files(), person(), state);
  }

  /**
   * Types a slash command, and waits for what the bot acknowledges it with.
   *
   * @param room where
   * @param command with the slash
   * @param text what stands behind it
   * @return the acknowledgement's content, if it has any; it appears in the room too
   * @throws AssertionError when the bot does not acknowledge in time
   */
  public Optional<JsonNode> slash(SlackRoom room, String command, String text) {
    return parts.interactions().slash(person(), room.channel(), command, text);
  }

  /**
   * Clicks a button of a message.
   *
   * @param message as heard
   * @param label what stands on the button, or its {@code action_id}
   * @throws AssertionError when there is no such button, or the bot does not acknowledge in time
   */
  public void clicks(SlackMessage message, String label) {
    parts.interactions().click(person(), message, label);
  }

  /**
   * The modal that is open before this person.
   *
   * @param patience how long to wait for one
   * @return empty when there is none in time
   */
  public Optional<SlackModal> modal(Duration patience) {
    Supplier<Optional<ObjectNode>> look = () -> parts.views().seenBy(id);
    return parts
        .workspace()
        .await(patience, look)
        .map(view -> new SlackModal(parts.interactions(), person(), view));
  }
}
