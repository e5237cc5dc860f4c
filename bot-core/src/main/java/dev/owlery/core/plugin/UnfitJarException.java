package dev.owlery.core.plugin;

import java.util.Optional;

/** A jar is not a plugin, or not one that this bot can load. Its text is fit for a user. */
final class UnfitJarException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final String id;
  private final String file;

  /**
   * Makes one.
   *
   * @param id the jar's {@code Plugin-Id}, as far as it could be read
   * @param text what is wrong, and what to do
   */
  UnfitJarException(Optional<String> id, String text) {
    this(id.orElse(""), "", text);
  }

  private UnfitJarException(String id, String file, String text) {
    super(text);
    this.id = id;
    this.file = file;
  }

  /** The same, with the name of the jar in front of its text. */
  UnfitJarException in(String name) {
    return new UnfitJarException(id, name, name + ": " + getMessage());
  }

  /** The jar's name; empty unless it is in the text. */
  String file() {
    return file;
  }

  /** The jar's id; empty if the fault is that it has none. */
  Optional<String> id() {
    return id.isEmpty() ? Optional.empty() : Optional.of(id);
  }
}
