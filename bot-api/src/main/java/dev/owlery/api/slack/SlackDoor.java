package dev.owlery.api.slack;

import dev.owlery.api.adapter.Door;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.MessageId;
import dev.owlery.api.content.Content;
import java.util.List;

/**
 * What only Slack can do: {@code bot.door(account, SlackDoor.class)}. What other networks have too
 * is an action: saying, changing, reacting, files, joining and leaving, subjects, direct chats.
 *
 * <p>Any thread. The methods wait for Slack, half a minute at most for its rate limits, and take
 * effect at once, outside of any unit of work: nothing is looked up or sent again for you. They
 * throw {@link SlackException} where Slack refuses or does not answer, and {@link
 * IllegalArgumentException} for a conversation of another account.
 */
public interface SlackDoor extends Door {

  /** Who is called by an announcement. */
  enum Reach {
    /** Whoever in the channel is active: {@code @here}. */
    HERE,
    /** Everybody in the channel: {@code @channel}. */
    CHANNEL,
    /** Everybody in the workspace; for its general channel: {@code @everyone}. */
    EVERYONE
  }

  /**
   * A member of the workspace.
   *
   * @param id their id, which is the subject of their identity
   * @param name their unique name
   * @param displayName what people call them
   * @param isBot whether they are a program
   * @param isGuest whether they are here as a guest, from another workspace, or not any more
   */
  record Person(String id, String name, String displayName, boolean isBot, boolean isGuest) {}

  /**
   * A channel.
   *
   * @param id its id
   * @param name its name without {@code #}
   * @param subject what it is about; may be empty
   * @param purpose what it is for; may be empty
   * @param members how many are in it; 0 if Slack does not say
   * @param isPrivate whether one must be invited
   * @param isMember whether the bot is in it
   * @param isArchived whether it is closed
   */
  record Channel(
      String id,
      String name,
      String subject,
      String purpose,
      int members,
      boolean isPrivate,
      boolean isMember,
      boolean isArchived) {}

  /**
   * Says something and calls everybody's attention to it.
   *
   * @param where the channel
   * @param content what to say behind the mention
   * @param reach who is called
   * @return the message's id
   * @throws SlackException also with the error {@code not_allowed_here} if the account's
   *     configuration does not say {@code announce = true}
   */
  MessageId announce(Conversation where, Content content, Reach reach);

  /**
   * Answers in a thread and shows the answer in the channel too.
   *
   * @param thread a thread
   * @param content what to say
   * @return the message's id
   */
  MessageId broadcast(Conversation thread, Content content);

  /**
   * Says something that one member only sees, until they reload: nothing that matters.
   *
   * @param where a channel that both are in
   * @param user the member's id
   * @param content what to say
   */
  void whisper(Conversation where, String user, Content content);

  /**
   * Posts blocks as they are. Nothing of them is checked or escaped: outside text belongs only into
   * {@code plain_text} and {@code rich_text}.
   *
   * @param where the conversation
   * @param blocks a JSON array of Slack's Block Kit
   * @param fallback what notifications show; plain text
   * @return the message's id
   */
  MessageId post(Conversation where, String blocks, String fallback);

  /**
   * All members of the workspace. Many pages take their time.
   *
   * @return at most 10,000
   */
  List<Person> people();

  /**
   * One member.
   *
   * @param id their id
   * @return as Slack describes them now
   */
  Person person(String id);

  /**
   * The public channels, and the private ones that the bot is in. Many pages take their time.
   *
   * @return at most 10,000, without those that are archived
   */
  List<Channel> channels();

  /**
   * One channel.
   *
   * @param where the channel
   * @return as Slack describes it now
   */
  Channel channel(Conversation where);

  /**
   * Opens a direct chat with one or several.
   *
   * @param users their ids, one to eight
   * @return the conversation
   */
  Conversation open(List<String> users);

  /**
   * Closes a direct chat: it disappears from the bot's list, and opens again with the next message.
   *
   * @param direct a direct chat
   */
  void close(Conversation direct);
}
