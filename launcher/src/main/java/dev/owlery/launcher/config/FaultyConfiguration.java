package dev.owlery.launcher.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot be used, with all of its faults. */
public final class FaultyConfiguration extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<Fault> faults;

  FaultyConfiguration(List<Fault> faults) {
    super(faults.stream().map(Fault::toString).collect(Collectors.joining("\n")));
    this.faults = List.copyOf(faults);
  }

  /**
   * What is wrong.
   *
   * @return at least one fault, in reading order
   */
  public List<Fault> faults() {
    return faults;
  }
}
