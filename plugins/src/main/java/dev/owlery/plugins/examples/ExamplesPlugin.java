package dev.owlery.plugins.examples;

import dev.owlery.api.plugin.Plugin;
import dev.owlery.api.procedure.Procedure;
import dev.owlery.api.procedure.ProcedureCall;
import dev.owlery.api.procedure.ProcedureException;
import dev.owlery.api.procedure.Value;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.List;

/**
 * Procedures to try calls with; harmless to whomever they are allowed. Stateless; called from any
 * thread.
 */
public final class ExamplesPlugin implements Plugin {

  private static final List<String> STATES =
      List.of(
          ("Alabama,Alaska,Arizona,Arkansas,California,Colorado,Connecticut,Delaware,Florida,"
                  + "Georgia,Hawaii,Idaho,Illinois,Indiana,Iowa,Kansas,Kentucky,Louisiana,Maine,"
                  + "Maryland,Massachusetts,Michigan,Minnesota,Mississippi,Missouri,Montana,"
                  + "Nebraska,Nevada,New Hampshire,New Jersey,New Mexico,New York,North Carolina,"
                  + "North Dakota,Ohio,Oklahoma,Oregon,Pennsylvania,Rhode Island,South Carolina,"
                  + "South Dakota,Tennessee,Texas,Utah,Vermont,Virginia,Washington,West Virginia,"
                  + "Wisconsin,Wyoming")
              .split(",", -1));

  private final Clock clock;

  @Inject
  ExamplesPlugin(Clock clock) {
    this.clock = clock;
  }

  /**
   * What {@code examples.describe} tells of some numbers.
   *
   * @param count how many there are
   * @param sum all together
   * @param mean their mean; 0 if there are none
   */
  public record Summary(int count, double sum, double mean) {}

  /**
   * A state of the USA.
   *
   * @param number 1 to 50, in the order of the alphabet
   * @return its name
   * @throws ProcedureException if there is no such state
   */
  @Procedure("examples.getStateName")
  public String stateName(int number) {
    if (number < 1 || number > STATES.size()) {
      throw new ProcedureException(1, "there are states 1 to " + STATES.size());
    }
    return STATES.get(number - 1);
  }

  /**
   * Adds.
   *
   * @param a a number
   * @param b another
   * @return the sum
   */
  @Procedure("examples.add")
  public double add(double a, double b) {
    return a + b;
  }

  /**
   * Gives back what it got.
   *
   * @param value anything
   * @return the same
   */
  @Procedure("examples.echo")
  public Value echo(Value value) {
    return value;
  }

  /**
   * Describes numbers.
   *
   * @param numbers any
   * @return a struct
   */
  @Procedure("examples.describe")
  public Summary describe(List<Double> numbers) {
    double sum = numbers.stream().mapToDouble(Double::doubleValue).sum();
    return new Summary(numbers.size(), sum, numbers.isEmpty() ? 0 : sum / numbers.size());
  }

  /**
   * Tells the time.
   *
   * @return by the bot's clock
   */
  @Procedure("examples.now")
  public LocalDateTime now() {
    return LocalDateTime.now(clock);
  }

  /**
   * Tells who calls.
   *
   * @param call the call
   * @return the caller's address, as the network vouches for it
   */
  @Procedure("examples.whoami")
  public String whoami(ProcedureCall call) {
    return call.caller();
  }
}
