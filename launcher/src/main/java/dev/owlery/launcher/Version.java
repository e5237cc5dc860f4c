package dev.owlery.launcher;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** Which Owlery this is. */
final class Version implements IVersionProvider {

  Version() {}

  /** The number that the build wrote into the jar; without a jar a word for it. */
  static String number() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "Owlery " + number(),
      "Java " + Runtime.version() + " (" + System.getProperty("java.vm.name", "unknown VM") + ")"
    };
  }
}
