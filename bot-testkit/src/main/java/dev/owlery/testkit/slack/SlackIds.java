package dev.owlery.testkit.slack;

import java.util.Set;

/** Who the app is, and with what it proves that. */
record SlackIds(
    String team,
    String domain,
    String app,
    String botUser,
    String bot,
    String botName,
    String botToken,
    String appToken,
    String signingSecret,
    String verificationToken,
    Set<String> scopes) {}
