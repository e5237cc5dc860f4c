package dev.owlery.testkit.net;

import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

/**
 * Whether tests may start other programs: servers, clients, the assembled bot. {@code make check}
 * leaves them out, to be quick, by the system property {@code owlery.programs=false}. For any
 * thread.
 *
 * <p>As an extension of JUnit, registered for all tests, it leaves out the clean-up of those whose
 * preparation was skipped: it would close what was never opened.
 */
public final class OtherPrograms implements InvocationInterceptor {
  private static final boolean ALLOWED =
      !"false".equals(System.getProperty("owlery.programs", "true"));

  /** Made by JUnit. */
  public OtherPrograms() {}

  private static final class Skipped extends TestAbortedException {
    private static final long serialVersionUID = 1L;

    private Skipped() {
      super("this build starts no other programs (owlery.programs)");
    }
  }

  /**
   * Skips the calling test, or all tests of a class whose preparation calls this, in a build
   * without other programs.
   *
   * @throws TestAbortedException in such a build
   */
  public static void orSkip() {
    if (!ALLOWED) {
      throw new Skipped();
    }
  }

  @Override
  public void interceptAfterEachMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    unlessSkipped(invocation, context);
  }

  @Override
  public void interceptAfterAllMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    unlessSkipped(invocation, context);
  }

  private static void unlessSkipped(Invocation<Void> invocation, ExtensionContext context)
      throws Throwable {
    if (context.getExecutionException().filter(Skipped.class::isInstance).isPresent()) {
      invocation.skip();
    } else {
      invocation.proceed();
    }
  }
}
