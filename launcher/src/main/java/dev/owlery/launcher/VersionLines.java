package dev.owlery.launcher;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class VersionLines implements IVersionProvider {

  VersionLines() {}

  @Override
  public String[] getVersion() {
    return new String[] {
      "Owlery " + Version.number(),
      "Java " + Runtime.version() + " (" + System.getProperty("java.vm.name", "unknown VM") + ")"
    };
  }
}
