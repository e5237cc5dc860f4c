package dev.owlery.web;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An IP network.
 *
 * @param address its first address
 * @param bits how many bits of it count
 */
record Network(InetAddress address, int bits) {

  private static final Pattern NUMERIC =
      Pattern.compile("[0-9.]{7,15}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  /** Reads {@code 10.0.0.0/8} or a single address; empty if it is neither. Looks no name up. */
  static Optional<Network> of(String written) {
    int slash = written.indexOf('/');
    Optional<InetAddress> address = address(slash < 0 ? written : written.substring(0, slash));
    if (address.isEmpty()) {
      return Optional.empty();
    }
    int all = address.get().getAddress().length * 8;
    int bits = slash < 0 ? all : number(written.substring(slash + 1));
    return bits < 0 || bits > all
        ? Optional.empty()
        : Optional.of(new Network(address.get(), bits));
  }

  private static int number(String text) {
    return text.matches("\\d{1,3}") ? Integer.parseInt(text) : -1;
  }

  /** A numeric address; an IPv4 address that is written as IPv6 is an IPv4 address. */
  static Optional<InetAddress> address(String written) {
    if (!NUMERIC.matcher(written).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(written));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  boolean contains(InetAddress other) {
    byte[] mine = address.getAddress();
    byte[] theirs = other.getAddress();
    if (mine.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((mine[bit / 8] & mask) != (theirs[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }
}
