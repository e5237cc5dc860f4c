package dev.owlery.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where the bot goes when a stranger names the address. */
class AddressBlockTest {

  @Test
  void aPublicAddressOfThisMachineIsNotForStrangers() {
    InetAddress ours = InetAddress.ofLiteral("8.8.4.4");
    InetAddress other = InetAddress.ofLiteral("8.8.8.8");
    assertThat(AddressBlock.admits(ours, List.of(), ours::equals)).isFalse();
    assertThat(AddressBlock.admits(other, List.of(), ours::equals)).isTrue();
    AddressBlock allowed = AddressBlock.of("8.8.4.4").orElseThrow();
    assertThat(AddressBlock.admits(ours, List.of(allowed), ours::equals)).isTrue();
  }

  @Test
  void noAddressOfThisMachineIsForStrangers() throws Exception {
    List<InetAddress> own =
        NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses).toList();
    assertThat(own)
        .isNotEmpty()
        .noneMatch(address -> AddressBlock.admits(address, List.of()))
        .allMatch(address -> AddressBlock.admits(address, List.of(new AddressBlock(address, 8))));
  }
}
