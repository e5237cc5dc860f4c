package dev.owlery.adapter.slack;

import dev.owlery.api.adapter.AdapterProvider;
import dev.owlery.core.http.HttpListener;
import dev.owlery.testkit.AdapterPeer;
import dev.owlery.testkit.slack.SlackDouble;
import dev.owlery.testkit.slack.SlackMessage;
import dev.owlery.testkit.slack.SlackRoom;
import dev.owlery.testkit.slack.SlackUser;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Supplier;

/** Ann, in a workspace that is a double. What she types and reads is what Slack's client shows. */
final class SlackPeer implements AdapterPeer {

  private final SlackDouble slack;
  private final Record settings;
  private final Optional<Supplier<HttpListener>> http;
  private final SlackRoom room;
  private final SlackRoom direct;
  private final SlackUser ann;
  private final Queue<String> roomLines = new ArrayDeque<>();
  private final Queue<String> directLines = new ArrayDeque<>();

  SlackPeer(SlackDouble slack, Record settings) {
    this(slack, settings, Optional.empty());
  }

  SlackPeer(SlackDouble slack, Record settings, Optional<Supplier<HttpListener>> http) {
    this.http = http;
    this.slack = slack;
    this.settings = settings;
    slack.channel("owls");
    ann = slack.user("ann");
    room = ann.in("owls");
    direct = ann.direct();
  }

  @Override
  public AdapterProvider provider() {
    return new SlackAdapterProvider();
  }

  @Override
  public Record settings() {
    return settings;
  }

  @Override
  public Optional<HttpListener> http() {
    return http.map(Supplier::get);
  }

  @Override
  public String room() {
    return "#owls";
  }

  @Override
  public String person() {
    return ann.id();
  }

  @Override
  public void botIsOnline() {
    slack.await(
        "the bot to be in the room", Duration.ofSeconds(10), () -> slack.channel("owls").hasBot());
  }

  @Override
  public void saysInRoom(String line) {
    room.says(line.replace(slack.botUserId(), "@owl"));
  }

  @Override
  public void tells(String line) {
    direct.says(line);
  }

  @Override
  public String somebodyJoins() {
    slack.user("bea").joins("owls");
    return "bea";
  }

  @Override
  public Optional<String> hearsInRoom(Duration patience) {
    return next(room, roomLines, patience);
  }

  @Override
  public Optional<String> isTold(Duration patience) {
    return next(direct, directLines, patience);
  }

  private static Optional<String> next(SlackRoom where, Queue<String> lines, Duration patience) {
    // A file may be shown without words.
    while (lines.isEmpty()) {
      Optional<SlackMessage> heard = where.hears(patience);
      if (heard.isEmpty()) {
        return Optional.empty();
      }
      heard.get().plain().lines().forEach(lines::add);
    }
    return Optional.ofNullable(lines.poll());
  }

  @Override
  public void close() {
    slack.close();
  }
}
