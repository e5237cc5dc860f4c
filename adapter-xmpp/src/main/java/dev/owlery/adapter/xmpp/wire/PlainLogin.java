package dev.owlery.adapter.xmpp.wire;

import java.nio.charset.StandardCharsets;
import javax.security.auth.callback.CallbackHandler;
import org.jivesoftware.smack.SmackException.SmackSaslException;
import org.jivesoftware.smack.sasl.SASLMechanism;

/** A login that shows the server the password (RFC 4616), for those who allow it. */
final class PlainLogin extends SASLMechanism {
  private static final int AFTER_ALL_OTHERS = 400;

  @Override
  protected byte[] getAuthenticationText() {
    return ("\0" + authenticationId + "\0" + password).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  protected void authenticateInternal(CallbackHandler handler) throws SmackSaslException {
    throw new SmackSaslException("passwords come from the settings");
  }

  @Override
  public String getName() {
    return PLAIN;
  }

  @Override
  public int getPriority() {
    return AFTER_ALL_OTHERS;
  }

  /** The server proves nothing. */
  @Override
  protected void checkIfSuccessfulOrThrow() {
    // Whom we talk to was settled by TLS.
  }

  @Override
  protected SASLMechanism newInstance() {
    return new PlainLogin();
  }
}
