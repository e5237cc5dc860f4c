package dev.owlery.adapter.irc;

import dev.owlery.api.http.AddressBlock;
import dev.owlery.api.settings.Default;
import dev.owlery.api.settings.SettingException;
import dev.owlery.api.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The block {@code dcc} of an account: files straight between the bot and another client.
 *
 * @param enabled whether there is any of it: the other side learns the bot's address, and what
 *     passes is not encrypted
 * @param passive whether the other side is to listen when the bot sends, for a bot that cannot be
 *     reached
 * @param address what others are told to connect to; the address of the connection to the server if
 *     absent
 * @param ports where to listen, like {@code 50000-50010}; 0 for any port that is free
 * @param allow addresses and networks to connect to although they are not public
 * @param patience how long somebody may take to accept
 */
@Settings
record DccSettings(
    @Default("false") boolean enabled,
    @Default("false") boolean passive,
    Optional<String> address,
    @Default("0") String ports,
    List<String> allow,
    @Default("2m") Duration patience) {

  private static final Pattern PORTS = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?");
  private static final int MOST = 65_535;

  DccSettings {
    allow = List.copyOf(allow);
    if (address.isPresent() && AddressBlock.numeric(address.get()).isEmpty()) {
      throw new SettingException("address", "a numeric address, like 203.0.113.7");
    }
    Matcher range = PORTS.matcher(ports);
    if (!range.matches() || !isRange(first(range), last(range))) {
      throw new SettingException("ports", "like 50000-50010, or 0 for any that is free");
    }
    for (String each : allow) {
      if (AddressBlock.of(each).isEmpty()) {
        throw new SettingException(
            "allow", "must be addresses or networks, like 10.0.0.7 or 10.0.0.0/8");
      }
    }
    if (!patience.isPositive()) {
      throw new SettingException("patience", "a time longer than nothing, for example 2m");
    }
  }

  private static boolean isRange(int first, int last) {
    return first <= last && last <= MOST && (first > 0 || last == 0);
  }

  private static int first(Matcher range) {
    return Integer.parseInt(range.group(1));
  }

  private static int last(Matcher range) {
    return range.group(2) == null ? first(range) : Integer.parseInt(range.group(2));
  }

  /** The first port to try; 0 for any. */
  int firstPort() {
    Matcher range = PORTS.matcher(ports);
    return range.matches() ? first(range) : 0;
  }

  /** The last port to try. */
  int lastPort() {
    Matcher range = PORTS.matcher(ports);
    return range.matches() ? last(range) : 0;
  }
}
