package dev.owlery.adapter.irc;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.jspecify.annotations.Nullable;
import org.pircbotx.PircBotX;
import org.pircbotx.cap.CapHandler;
import org.pircbotx.exception.CAPException;

/**
 * Negotiates the IRCv3 capabilities of one connection, and logs in to the services account (SASL
 * PLAIN with a password, EXTERNAL with a client certificate). If the account asks for a login and
 * it fails, the registration fails: the bot is never online as somebody unverified.
 */
final class Capabilities implements CapHandler {
  private static final Set<String> WANTED =
      Set.of(
          "server-time",
          "message-tags",
          "account-tag",
          "account-notify",
          "extended-join",
          "echo-message",
          "labeled-response",
          "batch",
          "chghost",
          "cap-notify",
          "draft/chathistory");

  /** IRCv3 SASL: longer answers are cut into pieces of this size. */
  private static final int CHUNK = 400;

  private final Optional<IrcSettings.Sasl> sasl;
  private final Set<String> enabled = new CopyOnWriteArraySet<>();
  private @Nullable IOException loginTrouble;
  private String offeredMechanisms = "";

  Capabilities(Optional<IrcSettings.Sasl> sasl) {
    this.sasl = sasl;
  }

  /**
   * Whether a capability is on.
   *
   * @param name its name
   * @return true once the server has acknowledged it
   */
  boolean has(String name) {
    return enabled.contains(name);
  }

  /**
   * Whether lines can carry labels whose echo confirms them.
   *
   * @return true with echo-message and labeled-response
   */
  boolean hasLabels() {
    return has("echo-message") && has("labeled-response");
  }

  /**
   * Why the login failed. For the reading thread.
   *
   * @return a {@link LoginRefusedException} if that may stay so; empty if it did not fail, or for
   *     want of services
   */
  Optional<IOException> loginTrouble() {
    return Optional.ofNullable(loginTrouble);
  }

  @Override
  public boolean handleLS(PircBotX bot, ImmutableList<String> offered) throws CAPException {
    List<String> names = offered.stream().map(Capabilities::name).toList();
    if (sasl.isPresent() && !names.contains("sasl")) {
      throw new CAPException(
          CAPException.Reason.UnsupportedCapability, "the server offers no login (SASL) now");
    }
    if (sasl.isPresent()) {
      offered.stream()
          .filter(each -> each.startsWith("sasl="))
          .forEach(each -> offeredMechanisms = each.substring("sasl=".length()));
      checkMechanism();
    }
    List<String> wanted = wantedOf(names);
    if (wanted.isEmpty()) {
      return true;
    }
    bot.sendCAP().request(wanted.toArray(String[]::new));
    return false;
  }

  /**
   * Chooses what to ask for.
   *
   * @param offered names, perhaps with values
   * @return those that are of use, without the ones that are on
   */
  List<String> wantedOf(List<String> offered) {
    return offered.stream()
        .map(Capabilities::name)
        .filter(name -> WANTED.contains(name) || (sasl.isPresent() && name.equals("sasl")))
        .filter(name -> !enabled.contains(name))
        .toList();
  }

  private String mechanism() {
    boolean hasPassword = sasl.flatMap(IrcSettings.Sasl::password).isPresent();
    return hasPassword ? "PLAIN" : "EXTERNAL";
  }

  /** A server that does not say what it can do may well be able to do it. */
  private void checkMechanism() throws CAPException {
    List<String> mechanisms = List.of(offeredMechanisms.toUpperCase(Locale.ROOT).split(","));
    if (!offeredMechanisms.isEmpty() && !mechanisms.contains(mechanism())) {
      String advice =
          mechanism().equals("PLAIN")
              ? "log in with a client certificate (sasl.certificate)"
              : "log in with a password (sasl.password)";
      throw failed(
          new LoginRefusedException(
              "the server offers logins by "
                  + IrcErrorText.line(offeredMechanisms)
                  + " only, and not by "
                  + mechanism()
                  + ": "
                  + advice,
              true));
    }
  }

  private CAPException failed(IOException trouble) {
    loginTrouble = trouble;
    return new CAPException(CAPException.Reason.SASLFailed, "the login failed");
  }

  private static String name(String offered) {
    int equals = offered.indexOf('=');
    return equals < 0 ? offered : offered.substring(0, equals);
  }

  @Override
  public boolean handleACK(PircBotX bot, ImmutableList<String> acknowledged) {
    acknowledged(acknowledged);
    if (!enabled.contains("sasl") || sasl.isEmpty()) {
      return true;
    }
    bot.sendRaw().rawLineNow("AUTHENTICATE " + mechanism());
    return false;
  }

  /**
   * The server has switched capabilities on, or off with a minus sign.
   *
   * @param names their names
   */
  void acknowledged(List<String> names) {
    for (String name : names) {
      if (name.startsWith("-")) {
        enabled.remove(name.substring(1));
      } else {
        enabled.add(name);
      }
    }
  }

  /**
   * The server takes capabilities back.
   *
   * @param names their names
   */
  void deleted(List<String> names) {
    enabled.removeAll(names);
  }

  @Override
  public boolean handleNAK(PircBotX bot, ImmutableList<String> refused) throws CAPException {
    if (sasl.isPresent()) {
      throw new CAPException(
          CAPException.Reason.UnsupportedCapability, "the server refuses the login (SASL)");
    }
    return true;
  }

  @Override
  public boolean handleUnknown(PircBotX bot, String raw) throws CAPException {
    if (sasl.isEmpty()) {
      return false;
    }
    IrcLine line = IrcLine.parse(raw);
    return switch (line.verb()) {
      case "AUTHENTICATE" -> {
        if (line.param(0).equals("+")) {
          authenticate(bot, sasl.get());
        }
        yield false;
      }
      case "903", "907" -> true;
      case "908" -> {
        offeredMechanisms = line.param(1);
        checkMechanism();
        yield false;
      }
      case "902", "904", "905", "906" -> throw failed(trouble(line.verb()));
      default -> false;
    };
  }

  /** What services say that are away or restart cannot be told from a wrong password. */
  private IOException trouble(String numeric) {
    String wrong =
        mechanism().equals("PLAIN") ? "wrong account or password" : "the certificate is not known";
    return switch (numeric) {
      case "902" ->
          new LoginRefusedException(
              "the login failed: this account may not be used with this nick", true);
      case "904" -> new LoginRefusedException("the login failed: " + wrong, true);
      case "905" ->
          new LoginRefusedException("the login failed: account and password are too long");
      default -> new IOException("the login (SASL) was aborted: services may be away");
    };
  }

  private static void authenticate(PircBotX bot, IrcSettings.Sasl sasl) {
    String answer =
        sasl.password().map(password -> plain(sasl.user(), password.reveal())).orElse("");
    int at = 0;
    while (at < answer.length()) {
      int end = Math.min(answer.length(), at + CHUNK);
      bot.sendRaw().rawLineNow("AUTHENTICATE " + answer.substring(at, end));
      at = end;
    }
    // An empty answer, and the end of one that fills its last piece, is a plus sign.
    if (answer.length() % CHUNK == 0) {
      bot.sendRaw().rawLineNow("AUTHENTICATE +");
    }
  }

  private static String plain(String user, String password) {
    byte[] bytes = ("\0" + user + "\0" + password).getBytes(StandardCharsets.UTF_8);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
