package dev.owlery.adapter.slack;

/** What the ids in a text are called. May ask the network, within a short deadline. */
interface Names {

  /**
   * A member's name.
   *
   * @param id the member's id
   * @return what people call them; the id if that is not known
   */
  String user(String id);

  /**
   * A channel's name.
   *
   * @param id the channel's id
   * @return without {@code #}; the id if that is not known
   */
  String room(String id);
}
