package dev.owlery.testkit.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A person at a conversation: what they do there, and what appears before them. {@code hears} and
 * {@code expect} go on behind what they returned last. Safe for use by several threads, except that
 * only one of them should listen.
 */
public final class SlackRoom {
  /** How long {@link #expect} waits. */
  public static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Workspace workspace;
  private final Board board;
  private final FileMethods files;
  private final WorkspaceMember person;
  private final ChannelState state;
  private int next;

  SlackRoom(
      Workspace workspace,
      Board board,
      FileMethods files,
      WorkspaceMember person,
      ChannelState state) {
    this.workspace = workspace;
    this.board = board;
    this.files = files;
    this.person = person;
    this.state = state;
    synchronized (workspace) {
      this.next = state.sights.size();
    }
  }

  /**
   * The conversation.
   *
   * @return its id
   */
  public String channel() {
    return state.id;
  }

  /**
   * Says something, as typed: {@code @name} and {@code #channel} become mentions, the rest is
   * escaped, as Slack's own client does.
   *
   * @param text what
   * @return the message's {@code ts}
   */
  public String says(String text) {
    return post(draft(text));
  }

  /**
   * Says something that is in Slack's notation already.
   *
   * @param text for example with {@code <!channel>}
   * @return the message's {@code ts}
   */
  public String saysRaw(String text) {
    return post(board.draft(person.id(), text));
  }

  /**
   * Answers in a thread.
   *
   * @param thread the {@code ts} of the thread's first message
   * @param text as typed
   * @return the message's {@code ts}
   */
  public String replies(String thread, String text) {
    return post(draft(text).put("thread_ts", thread));
  }

  /**
   * Answers in a thread, and shows it in the channel too.
   *
   * @param thread the {@code ts} of the thread's first message
   * @param text as typed
   * @return the message's {@code ts}
   */
  public String broadcasts(String thread, String text) {
    return post(draft(text).put("thread_ts", thread).put("subtype", "thread_broadcast"));
  }

  /**
   * Says what they do, with {@code /me}.
   *
   * @param text without the name
   * @return the message's {@code ts}
   */
  public String does(String text) {
    return post(draft(text).put("subtype", "me_message"));
  }

  private ObjectNode draft(String text) {
    return TypedBlocks.beside(board.draft(person.id(), SlackText.typed(text, workspace)));
  }

  private String post(ObjectNode message) {
    synchronized (workspace) {
      message.put("client_msg_id", workspace.nextId("M"));
      return JsonNodes.text(board.post(state, message), "ts");
    }
  }

  /**
   * Changes what they have said.
   *
   * @param ts which message
   * @param text what it says now, as typed
   */
  public void edits(String ts, String text) {
    synchronized (workspace) {
      String stored = SlackText.typed(text, workspace);
      ObjectNode changed = TypedBlocks.beside(JsonNodes.object().put("text", stored));
      board.edit(state, message(ts), person.id(), changed);
    }
  }

  /**
   * Takes a message back.
   *
   * @param ts which
   */
  public void deletes(String ts) {
    synchronized (workspace) {
      board.delete(state, message(ts));
    }
  }

  /**
   * Reacts to a message.
   *
   * @param ts which
   * @param emoji its name without colons
   */
  public void reacts(String ts, String emoji) {
    synchronized (workspace) {
      board.react(state, message(ts), person.id(), emoji);
    }
  }

  /**
   * Takes a reaction back.
   *
   * @param ts from which message
   * @param emoji its name without colons
   */
  public void unreacts(String ts, String emoji) {
    synchronized (workspace) {
      board.unreact(state, message(ts), person.id(), emoji);
    }
  }

  /**
   * Sets the topic.
   *
   * @param topic what it is now
   */
  public void setsTopic(String topic) {
    board.topic(state, person.id(), topic);
  }

  /**
   * Shows a text file.
   *
   * @param name its name
   * @param content its text
   * @param comment what is said with it, or empty
   * @return the message's {@code ts}
   */
  public String uploads(String name, String content, String comment) {
    synchronized (workspace) {
      FileState file =
          files.add(name, person.id(), content.getBytes(StandardCharsets.UTF_8), state);
      String text = SlackText.typed(comment, workspace);
      ObjectNode message = files.share(state, List.of(file), person.id(), text, Optional.empty());
      return JsonNodes.text(message, "ts");
    }
  }

  /** Goes into the channel; others see it. */
  public void joins() {
    board.join(state, person.id());
  }

  /** Goes out of the channel. */
  public void leaves() {
    board.leave(state, person.id());
  }

  private ObjectNode message(String ts) {
    return state
        .message(ts)
        .orElseThrow(() -> new IllegalArgumentException("no message " + ts + " in " + state.id));
  }

  /**
   * Waits for the next message that somebody else posts here, or shows this person alone.
   *
   * @param patience how long
   * @return the message as it was first; empty if there is none in time
   */
  public Optional<SlackMessage> hears(Duration patience) {
    return workspace.await(patience, this::nextHeard);
  }

  private Optional<SlackMessage> nextHeard() {
    while (next < state.sights.size()) {
      ChannelState.Sight sight = state.sights.get(next);
      next++;
      boolean isOwn = JsonNodes.text(sight.message(), "user").equals(person.id());
      boolean isForMe = sight.onlyFor().isEmpty() || sight.onlyFor().equals(person.id());
      boolean isNote = JsonNodes.text(sight.message(), "subtype").startsWith("channel_");
      if (!isOwn && isForMe && !isNote) {
        return Optional.of(SlackMessage.of(state.id, sight.message()));
      }
    }
    return Optional.empty();
  }

  /**
   * The next messages are these.
   *
   * @param texts as people read them
   * @return this room, for what comes after
   * @throws AssertionError when they do not come; the message has what came instead
   */
  public SlackRoom expect(String... texts) {
    for (String text : texts) {
      String heard = hears(PATIENCE).map(SlackMessage::plain).orElse("nothing");
      if (!heard.equals(text)) {
        throw new AssertionError("expected <" + text + ">, heard <" + heard + ">");
      }
    }
    return this;
  }

  /**
   * What a message says now.
   *
   * @param ts which
   * @return empty if it was deleted
   */
  public Optional<SlackMessage> at(String ts) {
    synchronized (workspace) {
      return state.message(ts).map(message -> SlackMessage.of(state.id, message));
    }
  }

  /**
   * What stands here.
   *
   * @return the oldest first, answers in threads too
   */
  public List<SlackMessage> messages() {
    return workspace.messages(state.id);
  }
}
