package dev.owlery.adapter.xmpp.wire;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** What a stream's characters come from; by this its parser is told from all others. */
final class StreamReader extends FilterReader {

  /** What happens between the stanzas of a stream. Called on the thread that reads it. */
  interface StanzaGate {
    /**
     * The server asks what we have handled (XEP-0198 section 4). Returns when that is recorded.
     *
     * @throws IOException if it could not be recorded: the connection must end without an answer
     */
    void beforeAcknowledging() throws IOException;

    /** The server has told what it has handled. */
    void acknowledged();

    /** An element was too deep and is left out. */
    void pruned();

    /** A stanza could not be read and is left out. */
    void refused();
  }

  private final StanzaGate gate;

  StreamReader(Reader in, StanzaGate gate) {
    super(in);
    this.gate = gate;
  }

  StanzaGate gate() {
    return gate;
  }
}
