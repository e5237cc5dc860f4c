package dev.owlery.adapter.xmpp.adhoc;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.command.CommandForm;
import dev.owlery.api.command.Form;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smackx.commands.packet.AdHocCommandData;
import org.jxmpp.jid.Jid;

/**
 * One execution of a command by somebody (XEP-0050 section 3). It holds back the answer to the last
 * request until the command asks something or ends, and what the command says until then. Guarded
 * by itself.
 */
final class AdHocSession {

  /** More than this is not kept for one answer. */
  private static final int MOST_LINES = 500;

  private final String id;
  private final Jid owner;
  private final Member caller;
  private final Conversation where;
  private final CommandForm command;
  private final List<String> lines = new ArrayList<>();
  private Instant touched;
  private Optional<AdHocCommandData> request = Optional.empty();
  private Optional<OpenQuestion> question = Optional.empty();
  private boolean isCalled;
  private boolean isOver;

  /**
   * What the command has asked and is not answered.
   *
   * @param token names it for the core
   * @param form what is asked
   */
  record OpenQuestion(String token, Form form) {}

  AdHocSession(
      String id, Jid owner, Member caller, Conversation where, CommandForm command, Instant now) {
    this.id = id;
    this.owner = owner;
    this.caller = caller;
    this.where = where;
    this.command = command;
    this.touched = now;
  }

  String id() {
    return id;
  }

  /** The full address that began it; nobody else may go on. */
  Jid owner() {
    return owner;
  }

  Member caller() {
    return caller;
  }

  Conversation where() {
    return where;
  }

  CommandForm command() {
    return command;
  }

  /** When somebody went on with it last. */
  synchronized Instant touched() {
    return touched;
  }

  synchronized boolean isOlderThan(Instant time) {
    return touched.isBefore(time);
  }

  /** Takes a request, which waits for its answer from now on. */
  synchronized void requested(AdHocCommandData fresh, Instant now) {
    request = Optional.of(fresh);
    touched = now;
  }

  /** The request that waits for an answer, which is taken from now on. */
  synchronized Optional<AdHocCommandData> takeRequest() {
    Optional<AdHocCommandData> waiting = request;
    request = Optional.empty();
    return waiting;
  }

  synchronized boolean isWaitedForBy(AdHocCommandData some) {
    return request.map(IQ::getStanzaId).equals(Optional.ofNullable(some.getStanzaId()));
  }

  /** Whether the command was called; before that its arguments are asked. */
  synchronized boolean isCalled() {
    return isCalled;
  }

  synchronized void called() {
    isCalled = true;
  }

  synchronized void says(String text) {
    text.lines().limit(MOST_LINES - lines.size()).forEach(lines::add);
  }

  /** What was said since the last answer, which is forgotten here. */
  synchronized List<String> takeLines() {
    List<String> said = List.copyOf(lines);
    lines.clear();
    return said;
  }

  synchronized void asks(OpenQuestion fresh) {
    question = Optional.of(fresh);
  }

  synchronized Optional<OpenQuestion> question() {
    return question;
  }

  synchronized void answered() {
    question = Optional.empty();
  }

  synchronized void ends() {
    isOver = true;
    question = Optional.empty();
  }

  synchronized boolean isOver() {
    return isOver;
  }
}
