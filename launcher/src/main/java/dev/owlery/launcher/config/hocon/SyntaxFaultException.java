package dev.owlery.launcher.config.hocon;

/** Thrown at the first fault of a text. */
final class SyntaxFaultException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient SyntaxFault fault;

  SyntaxFaultException(SyntaxFault fault) {
    super(fault.message(), null, false, false);
    this.fault = fault;
  }

  SyntaxFault fault() {
    return fault;
  }
}
