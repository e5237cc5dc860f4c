package dev.owlery.testkit.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.owlery.core.schedule.Timers;
import dev.owlery.testkit.net.LoopbackPorts;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * A workspace with one app in it, on a loopback port: the other side of a Slack bot. It outlives
 * the bot, remembers what the bot has called, and is the judge of what was lost or said twice. Safe
 * for use by several threads.
 *
 * <p>Several workspaces are several doubles, with a {@linkplain SlackDoubleBuilder#team team} each.
 */
public final class SlackDouble implements AutoCloseable {
  private final SlackIds ids;
  private final SlackPace pace;
  private final Timers timers;
  private final String baseUrl;
  private final SlackFaults faults = new SlackFaults();
  private final SlackJudge judge = new SlackJudge();
  private final List<SlackCall> calls = new ArrayList<>();
  private final SocketHub sockets;
  private final DeliveryFeed feed;
  private final Workspace workspace;
  private final SlackParts parts;
  private final IncomingWebhooks webhooks;
  private final SlackServer server;
  private final List<HttpPoster> posters = new ArrayList<>();

  SlackDouble(SlackIds ids, SlackPace pace, Timers timers) {
    this.ids = ids;
    this.pace = pace;
    this.timers = timers;
    int port = LoopbackPorts.reserve();
    this.baseUrl = "http://" + SlackServer.HOST + ":" + port + "/";
    this.sockets = new SocketHub(ids, pace, timers, baseUrl.replaceFirst("^http", "ws") + "link/");
    this.feed = new DeliveryFeed(ids, timers, faults, sockets);
    this.workspace = new Workspace(ids, timers.clock(), feed::event);
    Board board = new Board(workspace);
    FileMethods files = new FileMethods(workspace, board, baseUrl);
    ViewMethods views = new ViewMethods(workspace, pace.triggerLife());
    IssuedResponseUrls responses = new IssuedResponseUrls(workspace, board, baseUrl);
    this.webhooks = new IncomingWebhooks(workspace, board, baseUrl);
    this.parts =
        new SlackParts(
            workspace, board, files, views, new Interactions(workspace, views, responses, feed));
    WebApi api = new WebApi(workspace, parts.methods(sockets), faults, judge, this::record);
    this.server =
        new SlackServer(port, workspace, files, faults, api, sockets, responses, webhooks);
  }

  /**
   * Starts one that does as Slack's documentation says.
   *
   * @return listening on a loopback port
   */
  public static SlackDouble start() {
    return builder().start();
  }

  /**
   * Lets things be set before it starts.
   *
   * @return for a workspace with one app that has every scope
   */
  public static SlackDoubleBuilder builder() {
    return new SlackDoubleBuilder();
  }

  private void record(SlackCall call) {
    synchronized (calls) {
      calls.add(call);
      calls.notifyAll();
    }
  }

  /**
   * Where the Web API is.
   *
   * @return with a slash at the end
   */
  public String apiUrl() {
    return baseUrl + "api/";
  }

  /**
   * The bot's token.
   *
   * @return begins with {@code xoxb-}
   */
  public String botToken() {
    return ids.botToken();
  }

  /**
   * The app's token, for Socket Mode.
   *
   * @return begins with {@code xapp-}
   */
  public String appToken() {
    return ids.appToken();
  }

  /**
   * What requests over HTTP are signed with.
   *
   * @return the signing secret
   */
  public String signingSecret() {
    return ids.signingSecret();
  }

  /**
   * What classic outgoing webhooks carry.
   *
   * @return the verification token
   */
  public String verificationToken() {
    return ids.verificationToken();
  }

  /**
   * The workspace.
   *
   * @return its id
   */
  public String teamId() {
    return ids.team();
  }

  /**
   * The app.
   *
   * @return its id
   */
  public String appId() {
    return ids.app();
  }

  /**
   * The bot as a user of the workspace.
   *
   * @return its user id
   */
  public String botUserId() {
    return ids.botUser();
  }

  /**
   * The bot as the author of messages.
   *
   * @return its bot id
   */
  public String botId() {
    return ids.bot();
  }

  /**
   * A person; comes into the workspace when first asked for.
   *
   * @param name their name, small letters
   * @return always the same for one name
   */
  public SlackUser user(String name) {
    synchronized (workspace) {
      if (workspace.personNamed(name).isEmpty()) {
        String id = workspace.nextId("U");
        workspace.add(
            new WorkspaceMember(id, name, name, WorkspaceMember.MemberKind.MEMBER, ids.team()));
      }
      return new SlackUser(parts, workspace.personNamed(name).orElseThrow().id());
    }
  }

  /**
   * A public channel; made when first asked for.
   *
   * @param name without {@code #}
   * @return always the same for one name
   */
  public SlackChannel channel(String name) {
    return new SlackChannel(this, workspace, parts.board(), parts.channel(name));
  }

  /**
   * A private channel; made when first asked for.
   *
   * @param name without {@code #}
   * @return always the same for one name
   */
  public SlackChannel privateChannel(String name) {
    synchronized (workspace) {
      if (workspace.channelNamed(name).isEmpty()) {
        workspace.create(name, ChannelState.ChannelKind.PRIVATE, ids.botUser());
      }
      return channel(name);
    }
  }

  /**
   * Socket Mode from this side.
   *
   * @return switched on
   */
  public SlackSockets sockets() {
    return new SlackSockets(sockets);
  }

  /**
   * What goes wrong.
   *
   * @return nothing at first
   */
  public SlackFaults faults() {
    return faults;
  }

  /**
   * Whether the bot keeps the rate limits.
   *
   * @return the judge
   */
  public SlackJudge judge() {
    return judge;
  }

  /**
   * Leaves Socket Mode for requests to the bot's own addresses.
   *
   * @param urls where they go
   * @return posts by itself from here on; also what signs other requests
   */
  public SlackHttp usesHttp(SlackRequestUrls urls) {
    HttpPoster poster = new HttpPoster(ids, pace, timers, urls);
    synchronized (posters) {
      posters.add(poster);
    }
    feed.useHttp(poster);
    return new SlackHttp(poster, ids, urls);
  }

  /**
   * An address for posting to a channel without a token.
   *
   * @param channel its name without {@code #}
   * @return the address, its last part a secret
   */
  public URI incomingWebhook(String channel) {
    return URI.create(webhooks.create(parts.channel(channel).id));
  }

  /**
   * Whether the workspace's rules forbid what webhooks want to post.
   *
   * @param on whether from here on
   */
  public void prohibitWebhooks(boolean on) {
    webhooks.prohibit(on);
  }

  /**
   * Sends any event to the bot, of a kind that nobody knows too.
   *
   * @param json the inner event, an object
   * @return its {@code event_id}
   */
  public String sends(String json) {
    if (JsonNodes.read(json) instanceof ObjectNode event) {
      return feed.event(event).id;
    }
    throw new IllegalArgumentException("an event is an object: " + json);
  }

  /**
   * Sends the bot something that is wrapped already: with another team's id, for example.
   *
   * @param json the outer object; without {@code event_id} it gets one
   * @return its {@code event_id}
   */
  public String sendsWrapped(String json) {
    if (JsonNodes.read(json) instanceof ObjectNode wrapped) {
      if (JsonNodes.text(wrapped, "event_id").isEmpty()) {
        wrapped.put("event_id", feed.nextEventId());
      }
      return feed.wrapped(wrapped).id;
    }
    throw new IllegalArgumentException("an event is an object: " + json);
  }

  /**
   * Sends the bot an interaction of any kind.
   *
   * @param json the payload, an object
   * @return what names it among {@link #deliveries}
   */
  public String sendsInteraction(String json) {
    if (JsonNodes.read(json) instanceof ObjectNode payload) {
      String id = UUID.randomUUID().toString();
      String type = JsonNodes.text(payload, "type");
      feed.submit(
          new PendingDelivery(id, PendingDelivery.DeliveryKind.INTERACTION, type, "", payload));
      return id;
    }
    throw new IllegalArgumentException("an interaction is an object: " + json);
  }

  /**
   * What the bot was sent.
   *
   * @return all since the start, in the order in which it happened
   */
  public List<SlackDelivery> deliveries() {
    return feed.deliveries();
  }

  /**
   * Whether the bot has acknowledged a message.
   *
   * @param room where it was said
   * @param ts which
   * @return false also when the bot was never told of it
   */
  public boolean isAcknowledged(SlackRoom room, String ts) {
    return feed.about(room.channel(), ts).map(PendingDelivery::isAcknowledged).orElse(false);
  }

  /**
   * What the bot has called.
   *
   * @return all since the start, in the order in which the answers left
   */
  public List<SlackCall> calls() {
    synchronized (calls) {
      return List.copyOf(calls);
    }
  }

  /**
   * The calls of one method.
   *
   * @param method for example {@code chat.postMessage}
   * @return in the order in which the answers left
   */
  public List<SlackCall> calls(String method) {
    return calls().stream().filter(call -> call.method().equals(method)).toList();
  }

  /**
   * Waits until something holds.
   *
   * @param what what is waited for, for the failure's message
   * @param patience how long
   * @param condition what must become true
   * @throws AssertionError when it does not in time; the message has the last calls
   */
  public void await(String what, Duration patience, BooleanSupplier condition) {
    boolean held =
        workspace
            .await(patience, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty())
            .isPresent();
    if (!held) {
      List<SlackCall> all = calls();
      throw new AssertionError(
          "waited in vain for "
              + what
              + "; the last calls: "
              + all.subList(Math.max(0, all.size() - 10), all.size()));
    }
  }

  /**
   * A file's bytes as Slack has them.
   *
   * @param id the file's id
   * @return empty when there is none, or nothing was uploaded
   */
  public Optional<byte[]> file(String id) {
    return workspace.file(id).filter(FileState::isUploaded).map(FileState::content);
  }

  @Override
  public void close() {
    sockets.drop();
    feed.close();
    synchronized (posters) {
      posters.forEach(HttpPoster::close);
    }
    server.close();
    timers.close();
  }
}
