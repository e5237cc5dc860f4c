package dev.owlery.adapter.xmpp.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.owlery.adapter.xmpp.TestAccount;
import dev.owlery.adapter.xmpp.link.XmppFileSettings.Compatible;
import dev.owlery.api.settings.SettingException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class XmppFileSettingsTest {
  private static final Duration SOON = Duration.ofSeconds(1);

  private static XmppFileSettings with(Optional<Compatible> compatible) {
    return new XmppFileSettings(
        List.of(),
        Optional.empty(),
        Optional.empty(),
        List.of("Carrier@Example.org/Receiver"),
        List.of("scanner@example.org"),
        compatible);
  }

  @Test
  void only_a_place_that_is_listened_on_can_be_announced() {
    assertThatThrownBy(() ->
            new XmppFileSettings(
                List.of(),
                Optional.empty(),
                Optional.of("203.0.113.9:7777"),
                List.of(),
                List.of(),
                Optional.empty()))
        .hasMessageContaining("files.listen");
  }

  private static XmppSettings account(String room) {
    return new TestAccount.With("127.0.0.1", 5222)
        .rooms("Ops@rooms.localhost password")
        .files(with(Optional.of(new Compatible(Optional.of(room), SOON))))
        .settings();
  }

  @Test
  void names_are_told_in_a_room_of_the_account() {
    assertThat(account("ops@Rooms.localhost").files().compatible().flatMap(Compatible::room))
        .contains("ops@rooms.localhost");
    assertThatThrownBy(() -> account("owls@rooms.localhost"))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("one of the account's rooms");
    assertThatThrownBy(() -> account("rooms.localhost")).isInstanceOf(SettingException.class);
  }

  @Test
  void waiting_for_a_name_has_an_end() {
    assertThatThrownBy(() -> new Compatible(Optional.empty(), Duration.ZERO))
        .isInstanceOf(SettingException.class);
    assertThatThrownBy(() -> new Compatible(Optional.empty(), Duration.ofHours(1)))
        .isInstanceOf(SettingException.class);
  }

  @Test
  void only_the_programs_that_are_named_tell_names() {
    XmppFileSettings settings = with(Optional.of(new Compatible(Optional.empty(), SOON)));
    assertThat(settings.tellsNames("carrier@example.org")).isTrue();
    assertThat(settings.tellsNames("scanner@example.org")).isTrue();
    assertThat(settings.tellsNames("carrier@example.or")).isFalse();
    assertThat(settings.tellsNames("ann@example.org")).isFalse();
    assertThat(with(Optional.empty()).tellsNames("scanner@example.org")).isFalse();
  }
}
