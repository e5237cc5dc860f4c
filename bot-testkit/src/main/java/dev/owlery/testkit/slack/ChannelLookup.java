package dev.owlery.testkit.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Which channel and message a call means, with the refusals that all methods share. */
final class ChannelLookup {
  private final Workspace workspace;

  ChannelLookup(Workspace workspace) {
    this.workspace = workspace;
  }

  private String bot() {
    return workspace.ids().botUser();
  }

  /** A private channel that the bot is not in does not exist for it. */
  ChannelState visible(ApiRequest request) {
    String id = request.need("channel", "channel_not_found");
    return workspace
        .channel(id)
        .filter(channel -> channel.kind == ChannelState.ChannelKind.PUBLIC || channel.has(bot()))
        .orElseThrow(() -> new ApiError("channel_not_found"));
  }

  ChannelState member(ApiRequest request) {
    ChannelState channel = visible(request);
    if (!channel.has(bot())) {
      throw new ApiError("not_in_channel");
    }
    return channel;
  }

  /** Where something is to be posted: also by name, or to a person. */
  ChannelState postable(ApiRequest request) {
    String wanted = request.need("channel", "channel_not_found");
    ChannelState channel =
        workspace
            .channel(wanted)
            .or(() -> byName(wanted))
            .or(() -> direct(wanted))
            .filter(found -> found.kind == ChannelState.ChannelKind.PUBLIC || found.has(bot()))
            .orElseThrow(() -> new ApiError("channel_not_found"));
    if (channel.archived) {
      throw new ApiError("is_archived");
    }
    if (!channel.has(bot()) && !request.scopes().contains("chat:write.public")) {
      throw new ApiError("not_in_channel");
    }
    return channel;
  }

  private Optional<ChannelState> byName(String wanted) {
    return workspace.channelNamed(wanted.startsWith("#") ? wanted.substring(1) : wanted);
  }

  private Optional<ChannelState> direct(String wanted) {
    return workspace
        .person(wanted)
        .filter(person -> !person.id().equals(bot()))
        .map(person -> workspace.direct(List.of(person.id(), bot())));
  }

  static ObjectNode message(ChannelState channel, ApiRequest request, String argument) {
    return request
        .argument(argument)
        .flatMap(channel::message)
        .orElseThrow(() -> new ApiError("message_not_found"));
  }
}
