package dev.owlery.testkit;

import dev.owlery.api.action.Ask;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Identity;
import dev.owlery.api.chat.Member;
import dev.owlery.api.chat.MessageId;
import dev.owlery.api.command.CommandForm;
import dev.owlery.api.command.CommandLookup;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.Tone;
import dev.owlery.api.event.CommandCalled;
import dev.owlery.api.event.FormAnswered;
import dev.owlery.api.event.MemberJoined;
import dev.owlery.api.event.MemberLeft;
import dev.owlery.api.event.MemberRenamed;
import dev.owlery.api.event.MessageEdited;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.event.Origin;
import dev.owlery.api.event.ReactionAdded;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Somebody on a {@link FakeNetwork}. What they do reaches the bot in the order in which it is
 * called. A user is a view: changing the identity does not change what was said before.
 */
public final class FakeUser {

  private final FakeNetwork network;
  private Member member;

  FakeUser(FakeNetwork network, Member member) {
    this.network = network;
    this.member = member;
  }

  /**
   * The user as the network shows them now.
   *
   * @return the member
   */
  public Member member() {
    return member;
  }

  /**
   * Lets the network vouch for the user from now on, as {@code ACCOUNT/account:NAME}.
   *
   * @param name the subject without {@code account:}
   * @return this user
   */
  public FakeUser verifiedAs(String name) {
    Identity identity = new Identity(network.account(), "account:" + name);
    member =
        new Member(
            member.handle(), member.displayName(), Optional.of(identity), member.isBot(), false);
    return this;
  }

  /**
   * Lets the network say that the user is a program.
   *
   * @return this user
   */
  public FakeUser asBot() {
    member = new Member(member.handle(), member.displayName(), member.identity(), true, false);
    return this;
  }

  /**
   * Goes into a room.
   *
   * @param room its name on this network
   * @return this user
   */
  public FakeUser joins(String room) {
    Conversation where = network.room(room);
    if (network.enters(where, member)) {
      network.publish(new MemberJoined(network.nextOrigin(), where, member));
    }
    return this;
  }

  /**
   * Goes out of a room.
   *
   * @param room its name on this network
   * @return this user
   */
  public FakeUser leaves(String room) {
    Conversation where = network.room(room);
    network.exits(where, member.handle());
    network.publish(new MemberLeft(network.nextOrigin(), where, member, MemberLeft.How.LEFT, ""));
    return this;
  }

  /**
   * Leaves the network, as all rooms see it.
   *
   * @param reason what the network says of it; for a netsplit the names of two servers
   * @return this user
   */
  public FakeUser quits(String reason) {
    for (Conversation room : network.roomsOf(member.handle())) {
      network.exits(room, member.handle());
      network.publish(
          new MemberLeft(network.nextOrigin(), room, member, MemberLeft.How.QUIT, reason));
    }
    return this;
  }

  /**
   * Takes another name; the network vouches for them as before.
   *
   * @param handle the new name
   * @return this user
   */
  public FakeUser renames(String handle) {
    Member before = member;
    member = new Member(handle, handle, before.identity(), before.isBot(), false);
    for (Conversation room : network.roomsOf(before.handle())) {
      network.exits(room, before.handle());
      network.enters(room, member);
      network.publish(new MemberRenamed(network.nextOrigin(), room, before, member));
    }
    return this;
  }

  /**
   * Speaks in a room, and is in it from now on without having been seen to join.
   *
   * @param room its name on this network
   * @return what the user does there
   */
  public Speech in(String room) {
    Conversation where = network.room(room);
    network.enters(where, member);
    return new Speech(where);
  }

  /**
   * Says something to the bot alone.
   *
   * @param text what
   * @return the message's id
   */
  public MessageId tells(String text) {
    return direct().says(text);
  }

  /**
   * Speaks with the bot alone.
   *
   * @return what the user does there
   */
  public Speech direct() {
    return new Speech(Conversation.direct(network.account(), member.handle()));
  }

  /** What a user does in one conversation. */
  public final class Speech {

    private final Conversation where;

    private Speech(Conversation where) {
      this.where = where;
    }

    /**
     * Says something.
     *
     * @param text what
     * @return the message's id
     */
    public MessageId says(String text) {
      return posts(Content.of(text), Tone.NORMAL, Optional.empty());
    }

    /**
     * Says something as a deed.
     *
     * @param text without the name in front
     * @return the message's id
     */
    public MessageId does(String text) {
      return posts(Content.of(text), Tone.DEED, Optional.empty());
    }

    /**
     * Says something as an automatic answer.
     *
     * @param text what
     * @return the message's id
     */
    public MessageId notices(String text) {
      return posts(Content.of(text), Tone.NOTICE, Optional.empty());
    }

    /**
     * Says something in full.
     *
     * @param content what
     * @param tone how
     * @param replyTo what it answers
     * @return the message's id
     */
    public MessageId posts(Content content, Tone tone, Optional<MessageId> replyTo) {
      MessageId id = network.nextId();
      network.publish(
          new MessagePosted(
              network.originOf(id), where, member, content, tone, Optional.of(id), replyTo));
      return id;
    }

    /**
     * Changes what was said.
     *
     * @param target the user's own message
     * @param text what it says now
     */
    public void edits(MessageId target, String text) {
      network.publish(
          new MessageEdited(network.nextOrigin(), where, member, target, Content.of(text)));
    }

    /**
     * Reacts to a message.
     *
     * @param target the message
     * @param emoji with what
     */
    public void reacts(MessageId target, String emoji) {
      network.publish(new ReactionAdded(network.nextOrigin(), where, member, target, emoji));
    }

    /**
     * Calls a command by a way of the network's own.
     *
     * @param line the command, without prefix
     * @return the key of the call, which ends it
     */
    public String calls(String line) {
      Origin origin = network.nextOrigin();
      network.publish(new CommandCalled(origin, where, member, line));
      return origin.key();
    }

    /**
     * Fills in a form.
     *
     * @param form what the bot asked
     * @param values by field name
     */
    public void answers(Ask form, Map<String, String> values) {
      network.publish(
          new FormAnswered(network.nextOrigin(), where, member, form.question(), values, false));
    }

    /**
     * Dismisses a form.
     *
     * @param form what the bot asked
     */
    public void dismisses(Ask form) {
      network.publish(
          new FormAnswered(network.nextOrigin(), where, member, form.question(), Map.of(), true));
    }

    /**
     * The commands that the bot offers to the user here.
     *
     * @return as forms
     */
    public List<CommandForm> offered() {
      return network.offered(where, member);
    }

    /**
     * Looks for a command by its name.
     *
     * @param name the command
     * @return what the user finds
     */
    public CommandLookup looksFor(String name) {
      return network.lookUp(where, member, name);
    }

    /**
     * Continues in a thread.
     *
     * @param thread its id
     * @return what the user does there
     */
    public Speech thread(String thread) {
      return new Speech(where.inThread(thread));
    }
  }
}
