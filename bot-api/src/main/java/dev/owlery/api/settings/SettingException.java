package dev.owlery.api.settings;

/**
 * Thrown by the constructor of a {@link Settings} record, or when a plugin starts: the value of one
 * key cannot be. The user is shown the key with it, by a constructor also the file and the line.
 */
public final class SettingException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final String key;

  /**
   * Names the fault.
   *
   * @param key the key at fault, as written in the configuration, relative to the record's block
   * @param message what is wrong and what would be right, in one line, without the value of a
   *     secret
   */
  public SettingException(String key, String message) {
    super(message);
    this.key = key;
  }

  /**
   * The key at fault.
   *
   * @return relative to the record's block
   */
  public String key() {
    return key;
  }
}
