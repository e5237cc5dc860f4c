package dev.owlery.launcher.config;

import dev.owlery.api.settings.Secret;
import dev.owlery.core.rights.FileRights;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Reads secrets that are kept in files of their own: {@code { file = "/run/secrets/irc" }}. */
final class SecretFiles {

  private static final Set<String> KEYS = Set.of("file");
  private static final long LONGEST = 64 * 1024;

  private final ConfigFaults faults;

  SecretFiles(ConfigFaults faults) {
    this.faults = faults;
  }

  Optional<Secret> read(Block block) {
    if (!block.keys().equals(KEYS)) {
      return fault(block, SettingReader.expected(Secret.class));
    }
    try {
      Path file =
          Path.of(block.value("file").map(value -> String.valueOf(value.unwrapped())).orElse(""));
      if (!Files.isRegularFile(file)) {
        return fault(block, "there is no file " + file);
      }
      if (FileRights.othersMayRead(file)) {
        return fault(block, "others can read " + file + ": chmod 600 it");
      }
      if (Files.size(file) > LONGEST) {
        return fault(block, file + " is too long for a secret");
      }
      String text = withoutMark(Files.readString(file, StandardCharsets.UTF_8)).strip();
      return text.isEmpty() ? fault(block, file + " is empty") : Optional.of(new Secret(text));
    } catch (InvalidPathException | IOException e) {
      // Neither exception's text is shown: a reader's complaint may quote what it has read.
      return fault(block, "the file cannot be read (" + e.getClass().getSimpleName() + ")");
    }
  }

  /** Editors on Windows begin files with a byte order mark. */
  private static String withoutMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private Optional<Secret> fault(Block block, String message) {
    faults.add(block.origin(), block.path(), message);
    return Optional.empty();
  }
}
