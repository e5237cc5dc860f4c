package dev.owlery.testkit.slack;

import java.util.HashMap;
import java.util.Map;

/** What people need to do something. */
record SlackParts(
    Workspace workspace,
    Board board,
    FileMethods files,
    ViewMethods views,
    Interactions interactions) {

  /** All that the Web API can do. */
  Map<String, WebApiMethod> methods(SocketHub sockets) {
    Map<String, WebApiMethod> methods = new HashMap<>();
    methods.put("apps.connections.open", sockets::ticket);
    methods.putAll(new ChatMethods(workspace, board).all());
    methods.putAll(new ConversationMethods(workspace, board).all());
    methods.putAll(new PeopleMethods(workspace, board).all());
    methods.putAll(files.all());
    methods.putAll(views.all());
    return methods;
  }

  /** By name; made as a public one if there is none. */
  ChannelState channel(String name) {
    synchronized (workspace) {
      return workspace
          .channelNamed(name)
          .orElseGet(() ->
              workspace.create(name, ChannelState.ChannelKind.PUBLIC, workspace.ids().botUser()));
    }
  }
}
