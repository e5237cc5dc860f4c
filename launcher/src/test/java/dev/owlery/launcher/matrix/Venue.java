package dev.owlery.launcher.matrix;

import dev.owlery.launcher.proof.BotProcess;
import java.util.List;
import java.util.Optional;

/**
 * A server with Ann and Bob on it, each with an ordinary client. Ann is in the room before the bot
 * comes and has power there; Bob is a stranger. Belongs to one thread.
 */
interface Venue extends AutoCloseable {
  /** The account's name in the configuration. */
  String ACCOUNT = "net";

  /** What the bot is called. */
  String BOT = "owl";

  /** The account's block; it wants the room and the one that lets nobody in. */
  String account();

  /** The room, as the configuration writes it. */
  String room();

  /** The room that lets nobody in. */
  String closedRoom();

  /** Ann as the network could vouch for her, without the account. */
  String ann();

  /** Ann alone with the bot, as the configuration writes a conversation, without the account. */
  String annAlone();

  /** Bob as the network could vouch for him, without the account. */
  String bob();

  /** The bot has been started and is online. */
  default void meets(BotProcess bot) {}

  /** What the bot is called in the room at the moment. */
  String nick();

  /** Why a feature cannot even be tried here. */
  default Optional<String> lacks(Feature feature) {
    return Optional.empty();
  }

  /** Ann in the room. */
  Talk inRoom();

  /** Ann alone with the bot. */
  Talk alone();

  /** Bob alone with the bot. */
  Talk stranger();

  /** Whether Ann sees the bot in the room. */
  boolean seesBotInRoom();

  /** Whether Ann sees the feature itself, as this network has it, on what contains a text. */
  boolean sees(Feature feature, String text);

  /** Ann fills the form that the bot shows, if she sees one; false if it is only words. */
  default boolean fillsForm() {
    return false;
  }

  /** Something for Ann to do so that she sees whether the bot is away. */
  default void looksForBot() {}

  /** What Ann's client has been told of a message that could not be delivered, since last asked. */
  default Optional<String> undelivered() {
    return Optional.empty();
  }

  /** What Ann has received so far of a file with that name: how, or empty. */
  Optional<String> received(String name);

  /** Ann offers the bot a file. */
  void offers(String name, byte[] content);

  /** What Ann's client was answered to the file that it offered, if it was refused. */
  default Optional<String> refusal() {
    return Optional.empty();
  }

  /** A peer of the bot that may know the procedure {@code ann.greet}, as {@code !rpc} writes it. */
  default String peer() {
    return ACCOUNT + "/ann";
  }

  /** Ann removes the bot from the room. */
  void kicks();

  /** Ann lets the bot in again, if it cannot come by itself. */
  default void letsBackIn() {}

  /** While the bot is away: Bob takes its nick in the room. */
  void takesNick();

  /** Bob is Bob again. */
  void givesNickBack();

  /** All that Ann's client has received, for whoever wants to know why a cell is what it is. */
  List<String> transcript();

  @Override
  void close();
}
