package dev.owlery.adapter.slack.text;

import java.util.regex.Pattern;

/** What Slack's ids and the names of its channels look like. */
public final class IdFormats {
  private static final Pattern USER = Pattern.compile("[UW][A-Z0-9]{2,30}");
  private static final Pattern ROOM_ID = Pattern.compile("[CG][A-Z0-9]{2,30}");
  private static final Pattern DIRECT_ID = Pattern.compile("D[A-Z0-9]{2,30}");
  private static final Pattern ROOM = Pattern.compile("#[\\p{L}\\p{M}\\p{N}_-]{1,80}");

  private IdFormats() {}

  public static boolean isUserId(String text) {
    return USER.matcher(text).matches();
  }

  /** A channel as somebody writes it: its name with {@code #}, or its id. */
  public static boolean isChannelName(String text) {
    return ROOM.matcher(text).matches() || ROOM_ID.matcher(text).matches();
  }

  /** The id of a channel or of a direct conversation. */
  public static boolean isChannelId(String text) {
    return ROOM_ID.matcher(text).matches() || DIRECT_ID.matcher(text).matches();
  }
}
