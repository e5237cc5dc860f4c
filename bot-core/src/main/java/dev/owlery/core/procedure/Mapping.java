package dev.owlery.core.procedure;

import dev.owlery.api.procedure.Value;

/** How the values of one Java type travel. Immutable; may be used from any thread. */
interface Mapping {

  /**
   * Makes a Java object of what came.
   *
   * @throws Mismatch if it is of another type
   */
  Object read(Value value);

  /**
   * Makes a value of a Java object.
   *
   * @throws IllegalArgumentException if it cannot be carried
   */
  Value write(Object object);

  /** What stands for a member of a struct that is not there. */
  default Object absent(String name) {
    throw new Mismatch("it has no member " + name);
  }

  /** Whether a member with this value may be left out of its struct. */
  default boolean isAbsence(Object object) {
    return false;
  }

  /** A value that does not fit where it is needed; the text is for whoever sent it. */
  final class Mismatch extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    Mismatch(String text) {
      super(text);
    }

    Mismatch(String text, Throwable cause) {
      super(text, cause);
    }

    static Mismatch of(String wanted, Value value) {
      return new Mismatch("it must be " + wanted + ", not " + Values.describe(value));
    }

    Mismatch in(String place) {
      return new Mismatch(place + ": " + getMessage(), this);
    }
  }
}
