package dev.owlery.launcher.matrix;

import dev.owlery.launcher.proof.BotProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The bot's own standard input and output: whoever types is Ann, and Bob by {@code /as}. */
final class ConsoleVenue implements Venue {
  private static final String ROOM = "#owls";

  private final List<BotProcess> bots = new ArrayList<>();

  @Override
  public String account() {
    return "net { protocol = console, mode = pipe }";
  }

  @Override
  public String room() {
    return ROOM;
  }

  @Override
  public String closedRoom() {
    return "#closed";
  }

  @Override
  public String ann() {
    return "console:local";
  }

  @Override
  public String annAlone() {
    return "you";
  }

  @Override
  public String bob() {
    return "console:bob";
  }

  @Override
  public void meets(BotProcess bot) {
    bots.add(bot);
    bot.type("/room " + ROOM);
  }

  @Override
  public Optional<String> lacks(Feature feature) {
    return switch (feature) {
      case CHECK -> Optional.of("there is nothing to connect to");
      case CLOSED_ROOM -> Optional.of("no room refuses");
      case KICK -> Optional.of("nobody removes others");
      case AWAY_ROOM, AWAY_ALONE -> Optional.of("without the bot there is no console");
      case NICK_IN_USE -> Optional.of("nicks are not unique");
      case FILE_RECEIVED -> Optional.of("no file can be typed");
      default -> Optional.empty();
    };
  }

  private List<String> lines() {
    return bots.stream()
        .flatMap(bot -> bot.output().lines())
        .map(line -> line.replaceFirst("^\\[[^\\]]*] ", ""))
        .toList();
  }

  private Talk talk(String... orders) {
    return new Talk(
        text -> {
          bots.getLast().type(orders);
          bots.getLast().type(text);
        },
        this::lines);
  }

  @Override
  public Talk inRoom() {
    return talk("/as", "/room " + ROOM);
  }

  @Override
  public Talk alone() {
    return talk("/as", "/dm");
  }

  @Override
  public Talk stranger() {
    return talk("/as bob", "/dm bob");
  }

  @Override
  public String nick() {
    return BOT;
  }

  @Override
  public boolean seesBotInRoom() {
    return true;
  }

  @Override
  public boolean sees(Feature feature, String text) {
    return false;
  }

  @Override
  public Optional<String> received(String name) {
    return lines().stream()
        .filter(line -> line.contains(name) && line.contains("http://"))
        .map(line -> "as a link")
        .findFirst();
  }

  @Override
  public void offers(String name, byte[] content) {
    throw new IllegalStateException("no file can be typed");
  }

  @Override
  public void kicks() {
    throw new IllegalStateException("nobody removes others");
  }

  @Override
  public void takesNick() {
    throw new IllegalStateException("nicks are not unique");
  }

  @Override
  public void givesNickBack() {
    throw new IllegalStateException("nicks are not unique");
  }

  @Override
  public List<String> transcript() {
    return lines();
  }

  @Override
  public void close() {
    // The bot is not ours.
  }
}
