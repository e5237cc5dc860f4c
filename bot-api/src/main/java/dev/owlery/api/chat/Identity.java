package dev.owlery.api.chat;

/**
 * Who a network vouches for: the only thing that permissions are given to. Written {@code
 * account/subject}, for example {@code libera/account:alice} (an IRC services account), {@code
 * home/alice@example.org} (an address that the XMPP server vouched for), {@code work/U0123} (a
 * Slack user id). A nick or a display name is never an identity.
 *
 * @param account the account on whose network it was verified
 * @param subject the network's own name for it, canonical
 */
public record Identity(AccountId account, String subject) {

  /**
   * Reads the written form.
   *
   * @param text {@code account/subject}
   * @return the identity
   * @throws IllegalArgumentException if there is no slash, or one side is empty or malformed
   */
  public static Identity parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 1 || slash == text.length() - 1) {
      throw new IllegalArgumentException(
          "an identity is written ACCOUNT/NAME, not \"" + text + "\"");
    }
    return new Identity(new AccountId(text.substring(0, slash)), text.substring(slash + 1));
  }

  @Override
  public String toString() {
    return account.name() + "/" + subject;
  }
}
