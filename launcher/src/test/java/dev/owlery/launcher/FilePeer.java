package dev.owlery.launcher;

import java.util.List;

/** Ann and Mallory in one room of one network, where the bot is too: Ann has files sent there. */
interface FilePeer extends AutoCloseable {

  /** The bot's account here, as the configuration has it. */
  String account();

  /** Ann, as {@code permissions.persons} has her. */
  String ann();

  /** The room, as the bot writes it. */
  String where();

  /** How files get here. */
  String transport();

  /** The bot is online now, and in the room if it is there on its own account. */
  default void meets(OwleryProcess bot) {}

  /** Ann says something in the room. */
  void says(String line);

  /** Mallory says something in the room. */
  void strangerSays(String line);

  /** The lines that the bot has said here so far, changed messages as they are now. */
  List<String> heard();

  /** Whatever is sent from now on gets under way, but does not arrive. */
  default void holds() {}

  /** The bot has begun to send: perhaps something is fetched, but not all. */
  default void begins() {}

  /** Lets it arrive; returns what has arrived. */
  byte[] receives() throws Exception;

  @Override
  void close();
}
