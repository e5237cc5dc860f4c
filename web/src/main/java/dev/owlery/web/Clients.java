package dev.owlery.web;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Who asks: a client itself, or whom a trusted reverse proxy names.
 *
 * @param proxies the trusted ones
 */
record Clients(List<Network> proxies) {

  static Clients of(List<String> proxies) {
    return new Clients(proxies.stream().flatMap(text -> Network.of(text).stream()).toList());
  }

  /**
   * The client's address.
   *
   * @param peer who is connected
   * @param forwarded all of {@code X-Forwarded-For}, joined by commas; each proxy has added the
   *     address of its own peer at the end
   * @return the last address that is no trusted proxy's; the peer if what is there is no address
   */
  String client(String peer, List<String> forwarded) {
    Optional<InetAddress> nearest = Network.address(peer);
    if (nearest.isEmpty() || !isTrusted(nearest.get())) {
      return peer;
    }
    List<String> named = Arrays.asList(String.join(",", forwarded).split(",", -1));
    Collections.reverse(named);
    InetAddress client = nearest.get();
    for (String name : named) {
      Optional<InetAddress> address = Network.address(name.strip());
      if (address.isEmpty()) {
        break;
      }
      client = address.get();
      if (!isTrusted(client)) {
        break;
      }
    }
    return client.getHostAddress();
  }

  /** Whether a peer is a trusted proxy, behind which there are many clients. */
  boolean isProxy(String peer) {
    return Network.address(peer).filter(this::isTrusted).isPresent();
  }

  private boolean isTrusted(InetAddress address) {
    return proxies.stream().anyMatch(network -> network.contains(address));
  }
}
