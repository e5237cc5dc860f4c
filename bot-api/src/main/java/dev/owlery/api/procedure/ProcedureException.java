package dev.owlery.api.procedure;

/** Why a procedure gave no result: a fault that the other side told, or that we tell it. */
public final class ProcedureException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What sort of fault it is, where networks tell them apart. */
  public enum Reason {
    /** The procedure itself says so; the code is its own. */
    FAULT,
    /** The caller is not on the access list (XEP-0009: {@code forbidden}). */
    FORBIDDEN,
    /** There is no such procedure, or nobody who serves procedures. */
    UNKNOWN,
    /** The arguments do not fit. */
    BAD_ARGUMENTS,
    /** Too many calls at once, no answer in time, or nobody there. */
    UNAVAILABLE,
    /** There was an answer, but not one that can be read, or not of the type that was expected. */
    BAD_ANSWER
  }

  private final Reason reason;
  private final int code;

  /**
   * A fault.
   *
   * @param reason what sort
   * @param code its number, for programs
   * @param message for a person, one line
   */
  public ProcedureException(Reason reason, int code, String message) {
    super(message);
    this.reason = reason;
    this.code = code;
  }

  /**
   * A procedure's own fault.
   *
   * @param code its number, for programs
   * @param message for a person, one line
   */
  public ProcedureException(int code, String message) {
    this(Reason.FAULT, code, message);
  }

  /**
   * What sort of fault it is.
   *
   * @return the reason
   */
  public Reason reason() {
    return reason;
  }

  /**
   * Its number.
   *
   * @return the XML-RPC faultCode
   */
  public int code() {
    return code;
  }
}
