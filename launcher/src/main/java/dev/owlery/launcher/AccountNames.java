package dev.owlery.launcher;

import dev.owlery.core.command.Suggestions;
import dev.owlery.launcher.ExitCodes.StartFailure;
import dev.owlery.launcher.config.Configuration;
import java.util.List;

/** Names of accounts that somebody wrote on the command line. */
final class AccountNames {

  private AccountNames() {}

  /**
   * Looks whether the configuration has an account.
   *
   * @throws StartFailure if not, with the nearest name or all of them
   */
  static void check(Configuration configuration, String name) {
    List<String> names =
        configuration.accounts().stream().map(account -> account.id().name()).toList();
    if (!names.contains(name)) {
      List<String> near = Suggestions.closeTo(name, names);
      throw new StartFailure(
          ExitCodes.WRONG,
          near.isEmpty()
              ? "there is no account " + name + "; known are " + String.join(", ", names)
              : "there is no account " + name + "; did you mean " + near.getFirst() + "?");
    }
  }
}
