package dev.owlery.launcher;

import dev.owlery.core.log.LogText;
import dev.owlery.launcher.config.ConfigFault;
import dev.owlery.launcher.config.FaultyConfiguration;
import java.io.PrintWriter;
import java.util.List;
import org.slf4j.LoggerFactory;

/** How a run of the program can end: its exit codes, and what is said of a failure. */
final class ExitCodes {

  static final int FINE = 0;
  static final int FAILED = 1;
  static final int WRONG = 2;

  private ExitCodes() {}

  /** A failure that the user can do something about; its text is all there is to say. */
  static final class StartFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    StartFailure(int exitCode, String message) {
      super(message);
      this.exitCode = exitCode;
    }
  }

  /** Tells the user of a failure; the result is the exit code. */
  static int of(Exception failure, PrintWriter err) {
    int code =
        switch (failure) {
          case FaultyConfiguration faulty -> {
            List<ConfigFault> faults = faulty.faults();
            faults.forEach(err::println);
            faulty.warnings().forEach(warning -> err.println(warning + " (a warning)"));
            err.println(
                faults.size() == 1
                    ? "1 fault; nothing was started."
                    : faults.size() + " faults; nothing was started.");
            yield WRONG;
          }
          case StartFailure told -> {
            String.valueOf(told.getMessage()).lines().map(LogText::encode).forEach(err::println);
            yield told.exitCode;
          }
          default -> {
            LoggerFactory.getLogger(ExitCodes.class)
                .error("stopped by a fault of its own", failure);
            yield FAILED;
          }
        };
    err.flush();
    return code;
  }
}
