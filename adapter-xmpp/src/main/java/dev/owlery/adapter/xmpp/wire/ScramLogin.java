package dev.owlery.adapter.xmpp.wire;

import com.ongres.scram.client.ScramClient;
import com.ongres.scram.common.exception.ScramException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.security.auth.callback.CallbackHandler;
import org.jivesoftware.smack.SmackException.SmackSaslException;
import org.jivesoftware.smack.sasl.SASLMechanism;
import org.jspecify.annotations.Nullable;

/**
 * A login by SCRAM with the newer hashes (RFC 5802, RFC 7677), which Smack has not: the server
 * never sees the password, and proves that it knows it. Without channel binding: what servers offer
 * of that, Java's TLS cannot give.
 */
final class ScramLogin extends SASLMechanism {
  private static final int BEFORE_SHA_1 = 90;

  private final String mechanism;
  private @Nullable ScramClient client;
  private boolean isAnswered;
  private boolean isProven;

  ScramLogin(String mechanism) {
    this.mechanism = mechanism;
  }

  @Override
  protected byte[] getAuthenticationText() {
    ScramClient fresh =
        ScramClient.builder()
            .advertisedMechanisms(List.of(mechanism))
            .username(authenticationId)
            .password(password.toCharArray())
            .build();
    client = fresh;
    return bytes(fresh.clientFirstMessage());
  }

  @Override
  protected byte @Nullable [] evaluateChallenge(byte[] challenge) throws SmackSaslException {
    ScramClient running = client;
    if (running == null || isProven) {
      throw new SmackSaslException("the server asks out of turn");
    }
    String said = new String(challenge, StandardCharsets.UTF_8);
    try {
      if (isAnswered) {
        var _ = running.serverFinalMessage(said);
        isProven = true;
        return null;
      }
      var _ = running.serverFirstMessage(said);
      isAnswered = true;
      return bytes(running.clientFinalMessage());
    } catch (ScramException | IllegalArgumentException | IllegalStateException wrong) {
      throw new SmackSaslException("the server does not know the password", wrong);
    }
  }

  private static byte[] bytes(Object message) {
    return message.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  protected void authenticateInternal(CallbackHandler handler) throws SmackSaslException {
    throw new SmackSaslException("passwords come from the settings");
  }

  @Override
  public String getName() {
    return mechanism;
  }

  @Override
  public int getPriority() {
    return BEFORE_SHA_1;
  }

  @Override
  protected void checkIfSuccessfulOrThrow() throws SmackSaslException {
    if (!isProven) {
      throw new SmackSaslException("the server does not know the password");
    }
  }

  @Override
  protected SASLMechanism newInstance() {
    return new ScramLogin(mechanism);
  }
}
