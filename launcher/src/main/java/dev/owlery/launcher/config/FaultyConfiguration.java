package dev.owlery.launcher.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot be used, with all of its faults. */
public final class FaultyConfiguration extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<Fault> faults;

  private final transient List<Fault> warnings;

  FaultyConfiguration(List<Fault> faults, List<Fault> warnings) {
    super(faults.stream().map(Fault::toString).collect(Collectors.joining("\n")));
    this.faults = List.copyOf(faults);
    this.warnings = List.copyOf(warnings);
  }

  /**
   * What is wrong.
   *
   * @return at least one fault, in reading order
   */
  public List<Fault> faults() {
    return faults;
  }

  /**
   * What is legal and surely not meant.
   *
   * @return in reading order; may be empty
   */
  public List<Fault> warnings() {
    return warnings;
  }
}
