package dev.owlery.api.content;

import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Names a file without holding its bytes.
 *
 * @param name for showing; comes from outside, so it is never a path: whoever stores the file makes
 *     a safe name of it
 * @param mediaType what the sender says it is
 * @param size in bytes, if known
 * @param sha256 of the whole file, 64 lower-case hexadecimal digits, if known
 * @param location where its bytes can be had: {@code file:} for the bot's own spool, else the
 *     network's address
 */
public record FileRef(
    String name,
    Optional<String> mediaType,
    OptionalLong size,
    Optional<String> sha256,
    Optional<URI> location) {

  /**
   * The reference in plain characters.
   *
   * @return the name, and the address if it can be reached from outside
   */
  public String plain() {
    return location
        .filter(address -> !"file".equals(address.getScheme()))
        .map(address -> name + " " + address)
        .orElse(name);
  }
}
