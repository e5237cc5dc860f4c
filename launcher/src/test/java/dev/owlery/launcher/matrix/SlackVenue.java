package dev.owlery.launcher.matrix;

import dev.owlery.testkit.slack.SlackDouble;
import dev.owlery.testkit.slack.SlackMessage;
import dev.owlery.testkit.slack.SlackModal;
import dev.owlery.testkit.slack.SlackRoom;
import dev.owlery.testkit.slack.SlackUser;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The double of Slack. */
final class SlackVenue implements Venue {
  private final SlackDouble slack;
  private final SlackUser user;
  private final SlackRoom ann;
  private final SlackRoom direct;
  private final SlackRoom bob;

  SlackVenue(SlackDouble slack) {
    this.slack = slack;
    user = slack.user("ann");
    ann = user.joins("owls");
    direct = user.direct();
    bob = slack.user("bob").direct();
    var _ = slack.privateChannel("closed");
    slack.channel("closed").removesBot();
    var _ = slack.channel("owls").invitesBot();
  }

  @Override
  public String account() {
    return """
    net { protocol = slack, bot-token = "%s", app-token = "%s", api-url = "%s"
          rooms = [ "#owls", "#closed" ], flood { burst = 4, per-second = 2 }, patience = 5s }
    """
        .formatted(slack.botToken(), slack.appToken(), slack.apiUrl());
  }

  @Override
  public String room() {
    return "#owls";
  }

  @Override
  public String closedRoom() {
    return "#closed";
  }

  @Override
  public String ann() {
    return user.id();
  }

  @Override
  public String annAlone() {
    return ann();
  }

  @Override
  public String bob() {
    return slack.user("bob").id();
  }

  @Override
  public Optional<String> lacks(Feature feature) {
    return switch (feature) {
      case NICK_IN_USE -> Optional.of("names are not unique");
      case PRESENCE -> Optional.of("the double shows nobody's presence");
      default -> Optional.empty();
    };
  }

  private List<SlackMessage> ofBot(SlackRoom room) {
    return room.messages().stream()
        .filter(message -> message.user().equals(slack.botUserId()))
        .filter(message -> message.subtype().isEmpty())
        .toList();
  }

  private Talk talk(SlackRoom room) {
    return new Talk(
        text -> {
          String _ = room.says(text.replaceFirst("^owl: ", "@owl "));
        },
        () -> ofBot(room).stream().map(SlackVenue::text).toList());
  }

  /** A card has no text of its own; people read what is in it. */
  private static String text(SlackMessage message) {
    return message.plain().isBlank() ? message.json().toString() : message.plain();
  }

  @Override
  public Talk inRoom() {
    return talk(ann);
  }

  @Override
  public Talk alone() {
    return talk(direct);
  }

  @Override
  public Talk stranger() {
    return talk(bob);
  }

  @Override
  public String nick() {
    return BOT;
  }

  @Override
  public boolean seesBotInRoom() {
    return slack.channel("owls").hasBot();
  }

  private boolean saw(String... texts) {
    return ofBot(ann).stream()
        .map(message -> message.json().toString())
        .anyMatch(json -> List.of(texts).stream().allMatch(json::contains));
  }

  @Override
  public boolean sees(Feature feature, String text) {
    return switch (feature) {
      case RICH_TEXT -> saw("*" + text + "*") || saw("\"bold\":true", text);
      case CARD -> saw("\"attachments\":[{", text) || saw("\"blocks\":[{\"type\":\"header", text);
      case EDIT -> saw("\"edited\"", text);
      case DELETE -> !saw(text);
      case REACTION -> saw("\"reactions\":[{", text);
      case THREAD -> saw("\"thread_ts\"", text);
      case SUBJECT -> slack.channel("owls").topic().contains(text);
      case AUTOMATIC ->
          ofBot(direct).stream()
              .map(message -> message.json().toString())
              .anyMatch(json -> json.contains(text) && json.contains("\"automatic\""));
      default -> false;
    };
  }

  @Override
  public boolean fillsForm() {
    Optional<SlackMessage> shown =
        ofBot(ann).reversed().stream()
            .filter(message -> message.json().toString().contains("\"button\""))
            .findFirst();
    if (shown.isEmpty()) {
      return false;
    }
    user.clicks(shown.get(), "Answer…");
    SlackModal modal = user.modal(Duration.ofSeconds(10)).orElseThrow();
    return modal.fill("What?", "owls").fill("How many?", "3").submit().isEmpty();
  }

  @Override
  public Optional<String> received(String name) {
    for (SlackRoom room : List.of(ann, direct)) {
      for (SlackMessage message : room.messages()) {
        String json = message.json().toString();
        boolean isFile =
            json.contains(name)
                && slack.file(message.json().at("/files/0/id").asText()).isPresent();
        if (isFile && message.user().equals(slack.botUserId())) {
          return Optional.of("in the conversation");
        }
        if (json.contains(name) && json.contains("http://") && !json.contains("\"files\"")) {
          return Optional.of("as a link");
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public void offers(String name, byte[] content) {
    String _ =
        direct.uploads(name, new String(content, java.nio.charset.StandardCharsets.UTF_8), "");
  }

  @Override
  public void kicks() {
    slack.channel("owls").removesBot();
  }

  @Override
  public void letsBackIn() {
    var _ = slack.channel("owls").invitesBot();
  }

  @Override
  public void takesNick() {
    throw new IllegalStateException("names are not unique");
  }

  @Override
  public void givesNickBack() {
    throw new IllegalStateException("names are not unique");
  }

  @Override
  public List<String> transcript() {
    return Stream.of(ann, direct)
        .flatMap(room -> room.messages().stream())
        .map(message -> message.json().toString())
        .toList();
  }

  @Override
  public void close() {
    slack.close();
  }
}
