package dev.owlery.testkit.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Somebody in the workspace. */
record WorkspaceMember(String id, String name, String displayName, MemberKind kind, String team) {

  /** What they are to the workspace. */
  enum MemberKind {
    MEMBER,
    ADMIN,
    /** A guest in several channels. */
    GUEST,
    /** A guest in one channel. */
    SINGLE_CHANNEL_GUEST,
    /** From another workspace, through Slack Connect. */
    STRANGER,
    BOT,
    DELETED
  }

  WorkspaceMember withDisplayName(String shown) {
    return new WorkspaceMember(id, name, shown, kind, team);
  }

  WorkspaceMember withKind(MemberKind other) {
    return new WorkspaceMember(id, name, displayName, other, team);
  }

  boolean isBot() {
    return kind == MemberKind.BOT;
  }

  ObjectNode json() {
    ObjectNode user =
        JsonNodes.object()
            .put("id", id)
            .put("team_id", team)
            .put("name", name)
            .put("deleted", kind == MemberKind.DELETED)
            .put("real_name", displayName)
            .put("tz", "Etc/UTC")
            .put("is_admin", kind == MemberKind.ADMIN)
            .put("is_owner", false)
            .put("is_primary_owner", false)
            .put(
                "is_restricted",
                kind == MemberKind.GUEST || kind == MemberKind.SINGLE_CHANNEL_GUEST)
            .put("is_ultra_restricted", kind == MemberKind.SINGLE_CHANNEL_GUEST)
            .put("is_stranger", kind == MemberKind.STRANGER)
            .put("is_bot", isBot())
            .put("is_app_user", false)
            .put("updated", 1_767_600_000L);
    user.putObject("profile")
        .put("real_name", displayName)
        .put("real_name_normalized", displayName)
        .put("display_name", displayName)
        .put("display_name_normalized", displayName)
        .put("email", name + "@example.org")
        .put("team", team);
    return user;
  }
}
