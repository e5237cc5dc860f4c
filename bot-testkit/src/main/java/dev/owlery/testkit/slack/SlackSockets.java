package dev.owlery.testkit.slack;

/** Socket Mode from Slack's side. Safe for use by several threads. */
public final class SlackSockets {
  private final SocketHub hub;

  SlackSockets(SocketHub hub) {
    this.hub = hub;
  }

  /**
   * How many sockets are open now.
   *
   * @return ten at most
   */
  public int connected() {
    return hub.connected();
  }

  /**
   * How many sockets there have been.
   *
   * @return those that are closed included
   */
  public int connections() {
    return hub.connections();
  }

  /**
   * How many acknowledgements came for envelopes that were not, or no longer, waiting for one.
   *
   * @return for a bot that acknowledges late, or twice, more than none
   */
  public int strayAcknowledgements() {
    return hub.strayAcknowledgements();
  }

  /** Tells every socket {@code warning}, and closes it a little later. */
  public void warns() {
    hub.disconnect("warning");
  }

  /** Tells every socket {@code refresh_requested}, and closes it. */
  public void asksForRefresh() {
    hub.disconnect("refresh_requested");
  }

  /** Tells every socket {@code link_disabled}, closes it, and gives out no more tickets. */
  public void isSwitchedOff() {
    hub.disconnect("link_disabled");
  }

  /** Gives out tickets again. */
  public void isSwitchedOn() {
    hub.enable(true);
  }

  /** Cuts every connection without a word. */
  public void drop() {
    hub.drop();
  }

  /**
   * Takes connections, but says nothing on them: no hello, no envelopes.
   *
   * @param on whether from here on
   */
  public void isMute(boolean on) {
    hub.mute(on);
  }

  /**
   * Whether an event for which there is no socket is given up at once, as Slack does after its last
   * attempt: for absences that are longer than its patience.
   *
   * @param on from here on; false at first, then it waits for a socket
   */
  public void givesUpWithoutSocket(boolean on) {
    hub.givesUpWithoutSocket(on);
  }
}
