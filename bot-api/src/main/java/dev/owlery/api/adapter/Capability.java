package dev.owlery.api.adapter;

/** What a network may be able to do beyond saying plain text. The core degrades what is missing. */
public enum Capability {
  /** Several members in one place. */
  ROOMS,
  /** Bold, links and the like. */
  RICH_TEXT,
  /** Framed summaries. */
  CARDS,
  /** Changing what was said. */
  EDIT,
  /** Taking back what was said. */
  DELETE,
  /**
   * Conversations within a room. No room of such a network is called {@code x?y} with neither
   * {@code /} nor {@code @} behind the {@code ?}: that is how a thread is written.
   */
  THREADS,
  /** Answering one message in particular. */
  REPLIES,
  /** Reactions to a message. */
  REACTIONS,
  /** Sending files. */
  FILES,
  /** Questions with fields and buttons, shown in any conversation. */
  FORMS,
  /** Setting a room's subject. */
  SUBJECT,
  /** Saying how reachable the account is. */
  PRESENCE,
  /** Publishing on the network's own topics. */
  PUBLISH,
  /** Finding out after a crash whether something was said. */
  LOOK_UP
}
