package dev.owlery.testkit.slack;

/** What people need to do something. */
record SlackParts(
    Workspace workspace,
    Board board,
    FileMethods files,
    ViewMethods views,
    Interactions interactions) {

  /** By name; made as a public one if there is none. */
  ChannelState channel(String name) {
    synchronized (workspace) {
      return workspace
          .channelNamed(name)
          .orElseGet(
              () -> workspace.create(name, ChannelState.Kind.PUBLIC, workspace.ids().botUser()));
    }
  }
}
