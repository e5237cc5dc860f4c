package dev.owlery.api.event;

import dev.owlery.api.chat.Conversation;

/**
 * Something that happened on a network.
 *
 * <p>Handlers get the events of one {@linkplain Conversation#address() room} one at a time, in
 * order of arrival. Different rooms run in parallel. Each event reaches a handler once, even if the
 * network delivers it again or the bot was killed in between.
 */
public sealed interface ChatEvent
    permits MessagePosted,
        MessageEdited,
        MessageDeleted,
        ReactionAdded,
        ReactionRemoved,
        MemberJoined,
        MemberLeft,
        MemberRenamed,
        SubjectChanged,
        PresenceChanged,
        FileOffered,
        TransferDelayed,
        TransferEnded,
        ItemPublished,
        CommandCalled,
        FormAnswered,
        AccountOnline,
        AccountOffline {

  /**
   * What makes it the same event when it is delivered again.
   *
   * @return the key, the time and how it was delivered
   */
  Origin origin();

  /**
   * The conversation that it belongs to, and so the lane in which it is handled.
   *
   * @return for events of a whole account {@link Conversation#ofAccount}
   */
  Conversation where();
}
