package dev.owlery.adapter.xmpp.rpc;

/** A document that is no XML-RPC, or a value that XML-RPC cannot write. The text says why. */
public final class XmlRpcException extends Exception {
  private static final long serialVersionUID = 1L;

  XmlRpcException(String text) {
    super(text);
  }

  XmlRpcException(String text, Throwable cause) {
    super(text, cause);
  }
}
