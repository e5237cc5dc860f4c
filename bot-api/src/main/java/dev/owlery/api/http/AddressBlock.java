package dev.owlery.api.http;

import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A part of the address space, for deciding whom the bot connects to when a stranger names the
 * address. Immutable; asks no name server.
 *
 * @param first its first address
 * @param bits so many bits are the same in all of it
 */
public record AddressBlock(InetAddress first, int bits) {

  /** What is no public address (the registries of special purposes, RFC 6890 and its followers). */
  private static final List<AddressBlock> SPECIAL =
      Stream.of(
              "0.0.0.0/8",
              "10.0.0.0/8",
              "100.64.0.0/10",
              "127.0.0.0/8",
              "169.254.0.0/16",
              "172.16.0.0/12",
              "192.0.0.0/24",
              "192.0.2.0/24",
              "192.88.99.0/24",
              "192.168.0.0/16",
              "198.18.0.0/15",
              "198.51.100.0/24",
              "203.0.113.0/24",
              "224.0.0.0/3",
              "2001::/23",
              "2001:db8::/32",
              "2002::/16",
              "3fff::/20")
          .map(text -> of(text).orElseThrow())
          .toList();

  private static final AddressBlock PUBLIC_SIX = of("2000::/3").orElseThrow();

  /**
   * Reads a block as people write it.
   *
   * @param text {@code 10.0.0.0/8}, or one address
   * @return the block; empty if it is neither
   */
  public static Optional<AddressBlock> of(String text) {
    int slash = text.indexOf('/');
    Optional<InetAddress> first = numeric(slash < 0 ? text : text.substring(0, slash));
    if (first.isEmpty()) {
      return Optional.empty();
    }
    int all = first.get().getAddress().length * 8;
    String bits = slash < 0 ? Integer.toString(all) : text.substring(slash + 1);
    return bits.matches("\\d{1,3}") && Integer.parseInt(bits) <= all
        ? Optional.of(new AddressBlock(first.get(), Integer.parseInt(bits)))
        : Optional.empty();
  }

  /**
   * Reads an address in digits.
   *
   * @param text {@code 203.0.113.7} or {@code 2001:db8::7}
   * @return the address; empty if it is none
   */
  public static Optional<InetAddress> numeric(String text) {
    if (!text.matches("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F.:]*:[0-9a-fA-F.:]*")) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(text));
    } catch (UnknownHostException notAnAddress) {
      return Optional.empty();
    }
  }

  /**
   * Whether the bot connects to an address that a stranger names. Not to this machine's own: where
   * that is public, what listens there may rely on a firewall, which lets the machine itself in.
   *
   * @param address which
   * @param allowed what the configuration allows besides public addresses of others
   * @return true if it is public and not this machine's own, or in one of these
   */
  public static boolean admits(InetAddress address, List<AddressBlock> allowed) {
    return admits(address, allowed, AddressBlock::isOwn);
  }

  static boolean admits(
      InetAddress address, List<AddressBlock> allowed, Predicate<InetAddress> own) {
    return (isPublic(address) && !own.test(address))
        || allowed.stream().anyMatch(block -> block.has(address));
  }

  /** What cannot be asked is taken for our own. */
  private static boolean isOwn(InetAddress address) {
    try {
      return NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException unknown) {
      return true;
    }
  }

  /**
   * Whether an address is one that everybody can reach.
   *
   * @param address which
   * @return false for those of this machine, of private networks and of special purposes
   */
  public static boolean isPublic(InetAddress address) {
    return (!(address instanceof Inet6Address) || PUBLIC_SIX.has(address))
        && SPECIAL.stream().noneMatch(network -> network.has(address));
  }

  /**
   * Whether an address belongs to it.
   *
   * @param address which
   * @return true if it does
   */
  public boolean has(InetAddress address) {
    byte[] mine = first.getAddress();
    byte[] other = address.getAddress();
    int rest = mine.length * 8 - bits;
    return mine.length == other.length
        && new BigInteger(1, mine)
            .shiftRight(rest)
            .equals(new BigInteger(1, other).shiftRight(rest));
  }
}
