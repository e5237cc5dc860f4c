package dev.owlery.launcher.config.hocon;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The text of a configuration, read for people. Immutable.
 *
 * @param faults its faults of syntax, in the order of the text; at most fifty
 * @param repaired the text without them, line by line the same; empty if it cannot be repaired
 * @param warnings what is legal and surely not meant
 * @param includes its include statements
 */
public record SourceText(
    List<SyntaxFault> faults, String repaired, List<Warning> warnings, List<Include> includes) {

  private static final int MOST_FAULTS = 50;

  /** The text is read once for each of its faults. */
  private static final int MOST_READ = 1 << 20;

  /**
   * Something legal that surely does not mean what it says.
   *
   * @param line its line
   * @param key the key's path
   * @param message what it means, and what to write instead
   */
  public record Warning(int line, String key, String message) {}

  /**
   * Reads a text. Takes time in proportion to its length and to its faults.
   *
   * @param text HOCON, or nearly so
   * @return what is wrong with it
   */
  public static SourceText read(String text) {
    List<SyntaxFault> faults = new ArrayList<>();
    String repaired = text;
    int most = Math.clamp(MOST_READ / (text.length() + 1), 2, MOST_FAULTS);
    while (faults.size() < most) {
      try {
        HoconParser parser = new HoconParser(repaired);
        parser.parse();
        List<Warning> warnings = Suspicions.of(parser);
        return new SourceText(List.copyOf(faults), repaired, warnings, parser.includes());
      } catch (SyntaxFaultException e) {
        faults.add(e.fault());
        if (e.fault().repair().isEmpty()) {
          break;
        }
        repaired = e.fault().repair().get().applyTo(repaired);
      }
    }
    return new SourceText(List.copyOf(faults), "", List.of(), List.of());
  }

  /**
   * The keys whose values were repaired: what they are after that means nothing.
   *
   * @return their paths
   */
  public Set<String> repairedKeys() {
    Set<String> keys = new TreeSet<>();
    faults.forEach(fault -> keys.add(fault.key()));
    return keys;
  }
}
