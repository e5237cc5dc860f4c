package dev.owlery.testkit;

import dev.owlery.api.adapter.AdapterProvider;
import dev.owlery.core.http.HttpListener;
import java.time.Duration;
import java.util.Optional;

/**
 * The other side of an adapter under test: a real server with a person at it, or a script that
 * plays both. Outlives restarts of the bot.
 */
public interface AdapterPeer extends AutoCloseable {

  /**
   * The adapter under test.
   *
   * @return its door
   */
  AdapterProvider provider();

  /**
   * How the bot reaches this peer.
   *
   * @return an instance of the provider's settings
   */
  Record settings();

  /**
   * The port on which the bot is reached, for networks that deliver by HTTP. Asked for with each
   * start of the bot.
   *
   * @return a new listener; empty if none is needed
   */
  default Optional<HttpListener> http() {
    return Optional.empty();
  }

  /**
   * A room that both are in, or go to when they first speak there.
   *
   * @return as a person would write it behind {@code account/}
   */
  String room();

  /**
   * The person's own name, for the direct chat with them.
   *
   * @return as a person would write it behind {@code account/}
   */
  String person();

  /** Called when the bot is online, before the person says anything. */
  void botIsOnline();

  /**
   * Says something in the room.
   *
   * @param line one line without control characters
   */
  void saysInRoom(String line);

  /**
   * Says something to the bot alone.
   *
   * @param line one line without control characters
   */
  void tells(String line);

  /**
   * Lets somebody else come into the room.
   *
   * @return the name that they have there
   */
  String somebodyJoins();

  /**
   * Waits for the next line that the bot says in the room.
   *
   * @param patience how long
   * @return the line as a person sees it; empty if there is none in time
   */
  Optional<String> hearsInRoom(Duration patience);

  /**
   * Waits for the next line that the bot says to the person alone.
   *
   * @param patience how long
   * @return the line as a person sees it; empty if there is none in time
   */
  Optional<String> isTold(Duration patience);

  @Override
  void close();
}
