package dev.owlery.api.plugin;

import dev.owlery.api.action.Action;
import dev.owlery.api.action.Receipt;
import dev.owlery.api.action.Say;
import dev.owlery.api.adapter.Capability;
import dev.owlery.api.adapter.Door;
import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.content.Content;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The bot, as a plugin sees it. Every method may be called from any thread.
 *
 * <p>While a handler or command runs, what it does here is collected and takes effect when it
 * returns, together with its {@link Store} writes: all of it or, if it throws or the process dies,
 * none. Elsewhere (timers, own threads) each call is a transaction of its own, unless {@link
 * #asOne} joins several.
 */
public interface Bot {

  /**
   * What the bot is called in the configuration.
   *
   * @return its name
   */
  String name();

  /**
   * Does something on a network, as soon as the account is online, in the order in which it was
   * asked for within the conversation.
   *
   * @param action what to do
   * @return completes with what the network said, perhaps long after. Do not wait for it in a
   *     handler: nothing leaves before the handler returns
   * @throws IllegalArgumentException if the bot has no such account
   */
  CompletionStage<Receipt> perform(Action action);

  /**
   * Does several things as one, outside of a handler: what the work does here, on topics and in the
   * {@link Store} takes effect when it returns; all of it or, if it throws or the process dies,
   * none. Within a handler it is part of what the handler does.
   *
   * @param work runs on the calling thread
   */
  void asOne(Runnable work);

  /**
   * Does several things as one, as {@link #asOne} does, for somebody: what a plugin's own thread
   * answers later. Where a network lets little leave at a time, answers to those for whom it
   * vouches go before what strangers have asked for, as the replies to commands do.
   *
   * @param whom who has asked
   * @param work runs on the calling thread
   */
  default void asOneFor(Member whom, Runnable work) {
    asOne(work);
  }

  /**
   * Says something.
   *
   * @param where the conversation
   * @param content what to say
   * @return as {@link #perform}
   */
  default CompletionStage<Receipt> say(Conversation where, Content content) {
    return perform(new Say(where, content));
  }

  /**
   * Says plain text.
   *
   * @param where the conversation
   * @param text every character stands for itself
   * @return as {@link #perform}
   */
  default CompletionStage<Receipt> say(Conversation where, String text) {
    return say(where, Content.of(text));
  }

  /**
   * Finds the conversation that a person wrote as {@code account/room}, or that {@link
   * Conversation#toString} or {@link Conversation#address} has written, threads and an account's
   * own conversation included.
   *
   * @param address for example {@code libera/#owls}
   * @return the conversation; the bot need not be in it
   * @throws IllegalArgumentException if there is no such account, or its network has no such names;
   *     the text is fit for a user
   */
  Conversation locate(String address);

  /**
   * A door to what only one network can do.
   *
   * @param <D> the door's type
   * @param account the account
   * @param type the door's interface
   * @return the door; empty if the account's network has none of this kind
   * @throws IllegalArgumentException if there is no such account
   */
  <D extends Door> Optional<D> door(AccountId account, Class<D> type);

  /**
   * The accounts of the configuration.
   *
   * @return their names, in the configuration's order
   */
  List<AccountId> accounts();

  /**
   * The bot itself, as an account's network shows it.
   *
   * @param account the account
   * @return the bot's own member
   * @throws IllegalArgumentException if there is no such account
   */
  Member self(AccountId account);

  /**
   * Whether a network can do something.
   *
   * @param account the account
   * @param capability what
   * @return true if it can at this moment
   * @throws IllegalArgumentException if there is no such account
   */
  boolean can(AccountId account, Capability capability);

  /**
   * The rooms that an account is in.
   *
   * @param account the account
   * @return a snapshot
   * @throws IllegalArgumentException if there is no such account
   */
  List<Conversation> rooms(AccountId account);

  /**
   * Who is in a room.
   *
   * @param room a room that the bot is in
   * @return a snapshot; empty if it is not known
   */
  List<Member> members(Conversation room);
}
