package dev.owlery.launcher.matrix;

import dev.owlery.api.adapter.Capability;
import java.util.Optional;

/**
 * A row of the matrix. The order is that of the trials: from {@link #AWAY_ROOM} on the bot is
 * killed.
 */
enum Feature {
  CHECK("`check --connect`"),
  LOGIN("log in"),
  JOIN("join a room", Capability.ROOMS),
  CLOSED_ROOM("a room that lets nobody in"),
  ROOM_COMMAND("a command in a room"),
  NAMED_COMMAND("a command to the bot by its name"),
  ALONE_COMMAND("a command said alone"),
  LONG("an answer of 3,000 characters"),
  RICH_TEXT("bold text", Capability.RICH_TEXT),
  CARD("a card", Capability.CARDS),
  EDIT("a correction", Capability.EDIT),
  DELETE("taking a message back", Capability.DELETE),
  REACTION("a reaction", Capability.REACTIONS),
  REPLY("a reply to one message", Capability.REPLIES),
  THREAD("a message in a thread", Capability.THREADS),
  QUESTION("a command that asks"),
  FORM("a form with two fields", Capability.FORMS),
  AUTOMATIC("an automatic line"),
  SUBJECT("setting the subject", Capability.SUBJECT),
  PRESENCE("being away", Capability.PRESENCE),
  TOPIC("an item of a topic"),
  PUBLISH("publishing on the network", Capability.PUBLISH),
  FILE_TO_PERSON("a file to a person", Capability.FILES),
  FILE_TO_ROOM("a file to a room", Capability.FILES),
  FILE_RECEIVED("a file from a person"),
  ADMINISTRATOR("an administrator's command"),
  STRANGER("the same from a stranger"),
  PROCEDURE("a procedure of a peer"),
  KICK("removed from a room"),
  AWAY_ROOM("said in a room meanwhile"),
  AWAY_ALONE("said alone meanwhile"),
  RESTART("killed amid ten lines", Capability.LOOK_UP),
  NICK_IN_USE("the nick is in use");

  private final String title;
  private final Optional<Capability> capability;

  Feature(String title) {
    this.title = title;
    this.capability = Optional.empty();
  }

  Feature(String title, Capability capability) {
    this.title = title;
    this.capability = Optional.of(capability);
  }

  /** What the row is called. */
  String title() {
    return title;
  }

  /** What an adapter declares when its network can do this. */
  Optional<Capability> capability() {
    return capability;
  }
}
