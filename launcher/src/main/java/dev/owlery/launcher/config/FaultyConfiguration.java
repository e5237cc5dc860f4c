package dev.owlery.launcher.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot be used, with all of its faults. */
public final class FaultyConfiguration extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<ConfigFault> faults;

  private final transient List<ConfigFault> warnings;

  FaultyConfiguration(List<ConfigFault> faults, List<ConfigFault> warnings) {
    super(faults.stream().map(ConfigFault::toString).collect(Collectors.joining("\n")));
    this.faults = List.copyOf(faults);
    this.warnings = List.copyOf(warnings);
  }

  /**
   * What is wrong.
   *
   * @return at least one fault, in reading order
   */
  public List<ConfigFault> faults() {
    return faults;
  }

  /**
   * What is legal and surely not meant.
   *
   * @return in reading order; may be empty
   */
  public List<ConfigFault> warnings() {
    return warnings;
  }
}
