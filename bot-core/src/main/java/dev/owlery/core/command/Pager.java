package dev.owlery.core.command;

import com.google.common.base.Ticker;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Identity;
import dev.owlery.api.chat.Member;
import dev.owlery.api.content.Content;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * What long answers have left over, until their callers ask for more: the last one of each caller
 * in each conversation, for ten minutes, of 200 at most (the longest untouched goes first). Lives
 * in memory only. May be used from any thread.
 */
final class Pager {

  /** Nothing is kept beyond this many characters of one answer. */
  static final int LONGEST = 64 << 10;

  private static final int CAPACITY = 200;
  private static final Duration TIME_TO_LIVE = Duration.ofMinutes(10);

  private final Cache<PagerKey, List<Content>> kept;

  Pager(InstantSource clock) {
    Instant start = clock.instant();
    Ticker ticker =
        new Ticker() {
          @Override
          public long read() {
            return Duration.between(start, clock.instant()).toNanos();
          }
        };
    kept =
        CacheBuilder.newBuilder()
            .concurrencyLevel(1)
            .maximumSize(CAPACITY)
            .expireAfterWrite(TIME_TO_LIVE)
            .ticker(ticker)
            .build();
  }

  /** Keeps what is left for a caller, in place of what was. */
  void keep(Conversation where, Member caller, List<Content> rest) {
    kept.put(PagerKey.of(where, caller), List.copyOf(rest));
  }

  /** Takes what is left for a caller; empty if there is nothing. */
  List<Content> take(Conversation where, Member caller) {
    List<Content> rest = kept.asMap().remove(PagerKey.of(where, caller));
    return rest == null ? List.of() : rest;
  }

  /** The identity belongs to it: whoever takes a nick over does not get its answers. */
  private record PagerKey(Conversation where, String handle, Optional<Identity> identity) {
    static PagerKey of(Conversation where, Member caller) {
      return new PagerKey(where, caller.handle(), caller.identity());
    }
  }
}
