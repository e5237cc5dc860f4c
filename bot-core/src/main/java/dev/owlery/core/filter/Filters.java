package dev.owlery.core.filter;

import dev.owlery.api.action.Say;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.core.permission.Permissions;
import java.time.InstantSource;

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
   * @param commandsPerMinute how many commands one person may call; 0 for no limit
   * @param permissions who is known, and who is an administrator
   */
  public Filters(InstantSource clock, int commandsPerMinute, Permissions permissions) {
    this.floods = new FloodGuard(clock, commandsPerMinute, permissions);
    this.loops =
        new LoopGuard(clock, who -> permissions.person(who).isPresent(), commandsPerMinute > 0);
  }

  /**
   * Whether plugins get to see an event.
   *
   * @param event what happened
   * @return false for the bot's own words, for automatic answers of other bots, and for what looks
   *     like a program that answers the bot again and again
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
  public FloodGuard.FloodVerdict command(Conversation where, Member caller) {
    FloodGuard.FloodVerdict verdict = floods.command(where, caller);
    if (verdict == FloodGuard.FloodVerdict.RUN) {
      loops.commanded(where, caller);
    }
    return verdict;
  }

  /**
   * Whether a member may get one more answer that they have not asked for.
   *
   * @param where the conversation
   * @param who who would get it
   * @return false if there have been enough
   */
  public boolean hint(Conversation where, Member who) {
    return loops.hint(where, who);
  }

  /**
   * Notes what the bot is about to say, to know it again when it comes back.
   *
   * @param say what, where and in which tone
   * @return false if it is automatic, and there have been enough automatic lines: it is dropped
   *     then
   */
  public boolean passes(Say say) {
    return loops.passes(say);
  }
}
