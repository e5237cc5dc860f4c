package dev.owlery.launcher;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.owlery.testkit.slack.SlackDouble;
import dev.owlery.testkit.slack.SlackFault;
import dev.owlery.testkit.slack.SlackMessage;
import dev.owlery.testkit.slack.SlackRoom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The double of Slack; the file is uploaded. */
final class FilesOnSlack implements FilePeer {
  private final SlackDouble slack = SlackDouble.start();
  private final SlackRoom ann = slack.user("ann").joins("owls");
  private final SlackRoom mallory = slack.user("mallory").joins("owls");

  FilesOnSlack() {
    slack.channel("owls").invitesBot();
  }

  @Override
  public String account() {
    return """
    work { protocol = slack, bot-token = "%s", app-token = "%s", api-url = "%s"
           flood { burst = 0 } }
    """
        .formatted(slack.botToken(), slack.appToken(), slack.apiUrl());
  }

  @Override
  public String ann() {
    return "work/" + slack.user("ann").id();
  }

  @Override
  public String where() {
    return "work/#owls";
  }

  @Override
  public String transport() {
    return "slack";
  }

  @Override
  public void says(String line) {
    String _ = ann.says(line);
  }

  @Override
  public void strangerSays(String line) {
    String _ = mallory.says(line);
  }

  @Override
  public List<String> heard() {
    return FileTalk.lines(
        slack.channel("owls").messages().stream().map(SlackMessage::plain).toList());
  }

  @Override
  public void holds() {
    slack
        .faults()
        .next(
            1_000_000,
            "files.getUploadURLExternal",
            new SlackFault.RateLimited(Duration.ofSeconds(1)));
  }

  @Override
  public byte[] receives() {
    slack.faults().clear();
    return await("the file")
        .atMost(FileTalk.PATIENCE)
        .until(
            () ->
                slack.channel("owls").messages().stream()
                    .map(message -> message.json().at("/files/0/id"))
                    .filter(JsonNode::isTextual)
                    .findFirst()
                    .flatMap(id -> slack.file(id.asText())),
            Optional::isPresent)
        .orElseThrow();
  }

  @Override
  public void close() {
    slack.close();
  }
}
