package dev.owlery.core.plugin;

import dev.owlery.api.settings.SettingException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What to tell the author of a plugin of what its code has thrown: one line. Pure. */
final class FaultText {

  private FaultText() {}

  /**
   * Describes what a plugin's own code has thrown.
   *
   * @param doing what failed, for example {@code its constructor failed}
   * @param thrown by the plugin
   * @param code whose lines to point to
   * @return what was thrown, by which line of the plugin, and what caused it
   */
  static String of(String doing, Throwable thrown, PluginCode code) {
    if (thrown instanceof SettingException wrong) {
      return "plugin." + code.id() + "." + wrong.key() + ": " + wrong.getMessage();
    }
    List<Throwable> chain = chain(thrown);
    StringBuilder text = new StringBuilder(doing).append(": ").append(chain.getFirst());
    if (chain.size() > 1) {
      text.append(", caused by ").append(chain.getLast());
    }
    chain.reversed().stream()
        .map(each -> place(each, code))
        .flatMap(Optional::stream)
        .findFirst()
        .ifPresent(text::append);
    return text.toString();
  }

  /** Where a plugin's code was, for example {@code , at Karma.java:12}; empty if it was nowhere. */
  static Optional<String> place(Throwable thrown, PluginCode code) {
    for (StackTraceElement frame : thrown.getStackTrace()) {
      if (isOf(code, frame)) {
        return Optional.of(
            ", at "
                + (frame.getFileName() == null || frame.getLineNumber() < 0
                    ? frame.getClassName() + "." + frame.getMethodName()
                    : frame.getFileName() + ":" + frame.getLineNumber()));
      }
    }
    return Optional.empty();
  }

  private static boolean isOf(PluginCode code, StackTraceElement frame) {
    return code.ownLoader()
        .map(loader -> loader.label().equals(frame.getClassLoaderName()))
        .orElseGet(() -> frame.getClassName().startsWith(code.type().getPackageName() + "."));
  }

  private static List<Throwable> chain(Throwable thrown) {
    List<Throwable> chain = new ArrayList<>();
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Throwable each = thrown; each != null && seen.add(each); each = each.getCause()) {
      chain.add(each);
    }
    return chain;
  }

  /** Describes why classes do not fit together, or do not fit this bot. */
  static String of(LinkageError e) {
    return switch (e) {
      case UnsupportedClassVersionError newer ->
          "it was compiled for a newer Java than this one, which is "
              + Runtime.version().feature()
              + ": compile it with --release "
              + Runtime.version().feature()
              + " ("
              + newer.getMessage()
              + ")";
      case NoClassDefFoundError missing
          when !String.valueOf(missing.getMessage()).contains("wrong name") ->
          "it needs a class that it cannot see: "
              + String.valueOf(missing.getMessage()).replace('/', '.')
              + " (a plugin sees the JDK, the bot's API and what is in its own jar: put it in"
              + " there)";
      case ClassFormatError broken ->
          "one of its classes is broken: build the jar again (" + broken.getMessage() + ")";
      default ->
          "its classes do not fit this bot: compile it against this version's API (" + e + ")";
    };
  }
}
