package dev.owlery.adapter.slack.api;

/**
 * The methods of the Web API that are used here, with what Slack allows of each in a minute (its
 * "tiers"; what it calls special is an estimate on the safe side).
 */
public enum ApiMethod {
  CONNECTIONS_OPEN("apps.connections.open", 20),
  AUTH_TEST("auth.test", 100),
  BOTS_INFO("bots.info", 50),
  CHAT_DELETE("chat.delete", 50),
  CHAT_POST_EPHEMERAL("chat.postEphemeral", 100),
  CHAT_POST("chat.postMessage", 300),
  CHAT_UPDATE("chat.update", 50),
  CONVERSATIONS_CLOSE("conversations.close", 20),
  CONVERSATIONS_HISTORY("conversations.history", 50),
  CONVERSATIONS_INFO("conversations.info", 50),
  CONVERSATIONS_JOIN("conversations.join", 50),
  CONVERSATIONS_LEAVE("conversations.leave", 50),
  CONVERSATIONS_LIST("conversations.list", 20),
  CONVERSATIONS_MEMBERS("conversations.members", 100),
  CONVERSATIONS_OPEN("conversations.open", 50),
  CONVERSATIONS_REPLIES("conversations.replies", 50),
  CONVERSATIONS_SET_TOPIC("conversations.setTopic", 20),
  FILES_COMPLETE("files.completeUploadExternal", 100),
  FILES_INFO("files.info", 100),
  FILES_GET_URL("files.getUploadURLExternal", 100),
  REACTIONS_ADD("reactions.add", 50),
  REACTIONS_REMOVE("reactions.remove", 20),
  USERS_CONVERSATIONS("users.conversations", 50),
  USERS_INFO("users.info", 100),
  USERS_LIST("users.list", 20),
  USERS_SET_PRESENCE("users.setPresence", 20),
  VIEWS_OPEN("views.open", 100);

  private final String wire;
  private final int perMinute;

  ApiMethod(String wire, int perMinute) {
    this.wire = wire;
    this.perMinute = perMinute;
  }

  /** The method's name on the wire. */
  String wire() {
    return wire;
  }

  /** How many calls Slack allows in a minute. */
  public int perMinute() {
    return perMinute;
  }
}
