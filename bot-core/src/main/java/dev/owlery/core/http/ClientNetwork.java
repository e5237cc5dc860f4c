package dev.owlery.core.http;

import java.net.InetAddress;
import java.util.HexFormat;

/** Whom limits for one client are for: whoever has an IPv6 address has 2^64 of them. */
public final class ClientNetwork {
  private static final int NETWORK_BYTES = 8;

  private ClientNetwork() {}

  /**
   * The network that a client's address belongs to.
   *
   * @param remote a numeric address
   * @return an IPv4 address as it is, the first half of an IPv6 address
   */
  public static String of(String remote) {
    if (remote.indexOf(':') < 0) {
      return remote;
    }
    try {
      byte[] address = InetAddress.ofLiteral(remote).getAddress();
      return address.length > NETWORK_BYTES
          ? HexFormat.of().formatHex(address, 0, NETWORK_BYTES)
          : remote;
    } catch (IllegalArgumentException noAddress) {
      return remote;
    }
  }
}
