package dev.owlery.core.filter;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.event.MessagePosted;
import java.time.Clock;

/**
 * What stands between the inbox and the plugins: the bot's own words, programs that talk in
 * circles, and people who ask too much. Every method may be called from any thread.
 */
public final class Filters {

  private final FloodGuard floods;
  private final LoopGuard loops;

  /**
   * Makes the filters.
   *
   * @param clock measures their windows
   * @param commandsPerMinute how many commands one member may call; 0 for no limit
   */
  public Filters(Clock clock, int commandsPerMinute) {
    this.floods = new FloodGuard(clock, commandsPerMinute);
    this.loops = new LoopGuard(clock);
  }

  /**
   * Whether plugins get to see an event.
   *
   * @param event what happened
   * @return false for the bot's own words and for what looks like its own words coming back again
   *     and again
   */
  public boolean admits(ChatEvent event) {
    return !(event instanceof MessagePosted message)
        || (!message.sender().isSelf() && loops.admits(message));
  }

  /**
   * Whether a member may call one more command now.
   *
   * @param where the conversation; one member counts once per account, whatever the room
   * @param caller who calls
   * @return what to do with the command
   */
  public FloodGuard.Verdict command(Conversation where, Member caller) {
    return floods.command(where, caller);
  }

  /**
   * Notes what the bot says, to know it again when it comes back.
   *
   * @param where the conversation
   * @param text what it says
   */
  public void said(Conversation where, String text) {
    loops.said(where, text);
  }
}
