package dev.owlery.adapter.slack.text;

import dev.owlery.api.content.FileRef;
import dev.owlery.api.slack.SlackNotation;

/** What files, and their transport, are called. */
public final class FileNames {
  /** The transport's name. */
  public static final String TRANSPORT = "slack";

  private FileNames() {}

  /** A file's name as Slack shows it: one line, without slashes. */
  public static String shown(FileRef file) {
    String clean = SlackNotation.clean(file.name()).replaceAll("[/\\\\\n]", "_").strip();
    return clean.isEmpty() ? "file" : clean;
  }
}
