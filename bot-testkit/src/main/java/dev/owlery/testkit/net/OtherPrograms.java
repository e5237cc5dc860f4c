package dev.owlery.testkit.net;

import org.opentest4j.TestAbortedException;

/**
 * Whether tests may start other programs: servers, clients, the assembled bot. {@code make check}
 * leaves them out, to be quick, by the system property {@code owlery.programs=false}. For any
 * thread.
 */
public final class OtherPrograms {
  private static final boolean ALLOWED =
      !"false".equals(System.getProperty("owlery.programs", "true"));

  private OtherPrograms() {}

  /**
   * Skips the calling test, or all tests of a class whose preparation calls this, in a build
   * without other programs.
   *
   * @throws TestAbortedException in such a build
   */
  public static void orSkip() {
    if (!ALLOWED) {
      throw new TestAbortedException("this build starts no other programs (owlery.programs)");
    }
  }
}
