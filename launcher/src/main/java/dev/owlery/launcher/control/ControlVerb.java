package dev.owlery.launcher.control;

import java.io.IOException;
import java.util.Map;

/** Something that can be asked for over the control socket. Called from several threads. */
@FunctionalInterface
public interface ControlVerb {

  /**
   * Serves one client, on a thread of its own, until it has sent {@code end}. The client is the
   * owner of the bot's process, or root; what it asks for has been noted in the audit log.
   *
   * @param uid the client's user id
   * @param request what it sent
   * @param client the connection; closed afterwards
   * @throws IOException if the client is gone
   */
  void serve(int uid, Map<String, Object> request, ControlConnection client) throws IOException;
}
