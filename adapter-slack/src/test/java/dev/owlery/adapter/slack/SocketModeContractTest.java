package dev.owlery.adapter.slack;

import dev.owlery.testkit.AdapterContract;
import dev.owlery.testkit.AdapterPeer;
import dev.owlery.testkit.slack.SlackDouble;

/** The conversations that every adapter must hold, by Socket Mode. */
final class SocketModeContractTest extends AdapterContract {

  @Override
  protected AdapterPeer peer() {
    SlackDouble slack = SlackDouble.start();
    return new SlackPeer(slack, TestSettings.socket(slack));
  }
}
