package dev.owlery.adapter.slack;

import dev.owlery.testkit.AdapterContract;
import dev.owlery.testkit.AdapterPeer;
import dev.owlery.testkit.net.LoopbackPorts;
import dev.owlery.testkit.slack.SlackDouble;
import dev.owlery.testkit.slack.SlackRequestUrls;
import dev.owlery.web.HttpSettings;
import dev.owlery.web.WebListener;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** The conversations that every adapter must hold, by signed requests to the bot's own listener. */
final class HttpModeContractTest extends AdapterContract {

  @Override
  protected AdapterPeer peer() {
    SlackDouble slack = SlackDouble.start();
    int port = LoopbackPorts.reserve();
    slack.usesHttp(SlackRequestUrls.all(URI.create("http://127.0.0.1:" + port + "/slack/net")));
    return new SlackPeer(
        slack,
        TestSettings.http(slack),
        Optional.of(() ->
            new WebListener(
                new HttpSettings("127.0.0.1", port, Optional.empty(), List.of(), 256))));
  }
}
