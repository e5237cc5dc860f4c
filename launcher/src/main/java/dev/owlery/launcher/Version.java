package dev.owlery.launcher;

import java.util.Optional;

/** Which Owlery this is. */
final class Version {

  private Version() {}

  /** The number that the build wrote into the jar; without a jar a word for it. */
  static String number() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
