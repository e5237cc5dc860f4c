package dev.owlery.adapter.slack.chat;

import dev.owlery.adapter.slack.api.SlackChannelInfo;
import dev.owlery.adapter.slack.api.SlackPersonInfo;
import dev.owlery.adapter.slack.text.IdFormats;
import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Identity;
import dev.owlery.api.chat.Member;
import dev.owlery.api.slack.SlackNotation;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who is who, and which room is which. An identity is the id of a full member of our own workspace,
 * or of a guest whom the configuration names: a display name proves nothing, and neither does
 * anything that a bot says of itself. Rooms are called by their names, direct chats by the other's
 * id.
 */
public final class SlackIdentity {

  private static final Pattern ROOM_ID = Pattern.compile("[CG][A-Z0-9]{2,30}");
  private static final Pattern DIRECT_ID = Pattern.compile("D[A-Z0-9]{2,30}");
  private static final Pattern ROOM = Pattern.compile("#[\\p{L}\\p{M}\\p{N}_-]{1,80}");
  private static final Pattern PERSON = Pattern.compile("@?[\\p{L}\\p{M}\\p{N}._-]{1,80}");

  private final AccountId account;
  private final SlackDirectory directory;
  private final Set<String> guests;
  private volatile Self self = Self.NONE;

  /**
   * The bot, as Slack knows it.
   *
   * @param user its member id
   * @param bot its id as a program
   * @param name what it is called
   * @param team its workspace
   * @param teamName what that is called
   */
  public record Self(String user, String bot, String name, String team, String teamName) {
    static final Self NONE = new Self("", "", "owl", "", "");
  }

  public SlackIdentity(AccountId account, SlackDirectory directory, Set<String> guests) {
    this.account = account;
    this.directory = directory;
    this.guests = Set.copyOf(guests);
  }

  AccountId account() {
    return account;
  }

  public Self self() {
    return self;
  }

  void loggedIn(Self now) {
    self = now;
  }

  /** The bot as a member. */
  public Member ourselves() {
    Self now = self;
    return new Member(
        now.user().isEmpty() ? now.name() : now.user(), now.name(), Optional.empty(), true, true);
  }

  /**
   * Somebody who did something.
   *
   * @param id their member id, which Slack vouches for
   * @return the member
   */
  Member member(String id) {
    if (id.equals(self.user())) {
      return ourselves();
    }
    return member(directory.person(id));
  }

  Member member(SlackPersonInfo person) {
    boolean ours = person.team().isEmpty() || person.team().equals(self.team());
    boolean vouched = person.isKnown() && ours && !person.isGuest();
    boolean listed = guests.contains(person.id());
    Optional<Identity> identity =
        !person.isBot() && (vouched || listed)
            ? Optional.of(new Identity(account, person.id()))
            : Optional.empty();
    return new Member(person.id(), person.displayName(), identity, person.isBot(), false);
  }

  /** The same member, but nobody vouches for them unless the configuration does. */
  Member withoutIdentity(Member member) {
    return guests.contains(member.handle()) ? member : nobody(member);
  }

  /** The same member, but nobody vouches for them. */
  static Member nobody(Member member) {
    return new Member(
        member.handle(), member.displayName(), Optional.empty(), member.isBot(), member.isSelf());
  }

  /** What people call a member. */
  String nameOf(String id) {
    return directory.user(id);
  }

  /** A program: nobody vouches for what it calls itself. */
  static Member program(String id, String name) {
    String clean = SlackNotation.clean(name).replace('\n', ' ').strip();
    return new Member(id, clean.isEmpty() ? id : clean, Optional.empty(), true, false);
  }

  /**
   * The conversation that an event belongs to.
   *
   * @param channelId its channel
   * @param thread its thread; empty for none
   * @return the conversation
   */
  Conversation where(String channelId, String thread) {
    Conversation room = where(directory.channel(channelId));
    return thread.isEmpty() ? room : room.inThread(thread);
  }

  public Conversation where(SlackChannelInfo channel) {
    if (channel.isDirect()) {
      return Conversation.direct(account, channel.other());
    }
    if (channel.name().isEmpty()) {
      return channel.id().startsWith("D")
          ? Conversation.direct(account, channel.id())
          : Conversation.room(account, channel.id());
    }
    return Conversation.room(account, "#" + channel.name());
  }

  /**
   * Makes a conversation of what a person wrote.
   *
   * @param room a channel's name with {@code #} or its id, or a member's name or id
   * @return the conversation
   */
  public Conversation locate(String room) {
    if (ROOM_ID.matcher(room).matches() || DIRECT_ID.matcher(room).matches()) {
      return directory
          .known(channel -> channel.id().equals(room))
          .map(this::where)
          .orElseGet(() -> where(new SlackChannelInfo(room, "", "", false)));
    }
    if (ROOM.matcher(room).matches()) {
      return Conversation.room(account, room.toLowerCase(Locale.ROOT));
    }
    if (IdFormats.isUserId(room)) {
      return Conversation.direct(account, room);
    }
    if (!PERSON.matcher(room).matches()) {
      throw new IllegalArgumentException(
          "on Slack write a channel as #name, a member as @name or by their id");
    }
    String name = room.startsWith("@") ? room.substring(1) : room;
    return Conversation.direct(
        account, directory.named(name).map(SlackPersonInfo::id).orElse("@" + name));
  }
}
