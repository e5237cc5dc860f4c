package dev.owlery.launcher.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import dev.owlery.launcher.config.hocon.Include;
import dev.owlery.launcher.config.hocon.SourceText;
import dev.owlery.launcher.config.hocon.SyntaxFault;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The files of a configuration: the one that is named, and those that it includes, each found from
 * the folder of the file that includes it. Belongs to the thread that reads the configuration.
 *
 * <p>A file that is no HOCON is reported at each place where it is not, by {@link SourceText}, and
 * what it says otherwise is read all the same, so that the rest of its faults are found too. What
 * the library for HOCON accepts has no faults of syntax, whatever we think of it.
 */
final class Sources
    implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {

  private static final int DEEPEST = 16;
  private static final int LONGEST_FAULT = 400;
  private static final Pattern QUOTED = Pattern.compile("(['\"])([^'\"]*\\w[^'\"]*)\\1");
  private static final char REPLACEMENT = '\uFFFD';

  private final ConfigFaults faults;
  private final Deque<Path> open = new ArrayDeque<>();

  Sources(ConfigFaults faults) {
    this.faults = faults;
  }

  /**
   * Reads a file, and what it includes.
   *
   * @param file the file
   * @param name what to call it
   * @return what it says; empty if that cannot be known, which is reported
   */
  Optional<Config> read(Path file, String name) {
    Optional<String> text = text(file, name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    SourceText source = SourceText.read(text.get());
    faults.enter(name);
    open.push(file.toAbsolutePath().normalize());
    try {
      for (SourceText.Warning warning : source.warnings()) {
        faults.warn(warning.line(), warning.key(), warning.message());
      }
      source.includes().forEach(this::check);
      return parse(text.get(), name, source);
    } finally {
      open.pop();
      faults.leave();
    }
  }

  private Optional<String> text(Path file, String name) {
    faults.enter(name);
    try {
      if (!Files.isReadable(file) || Files.isDirectory(file)) {
        faults.add("there is no such file, or it cannot be read");
        return Optional.empty();
      }
      if (Files.size(file) > ConfigurationReader.LONGEST) {
        faults.add("is larger than 1 MiB");
        return Optional.empty();
      }
      byte[] bytes = Files.readAllBytes(file);
      if (bytes.length > 1 && (bytes[0] & 0xFF) + (bytes[1] & 0xFF) == 0xFF + 0xFE) {
        faults.add(1, "is UTF-16: save the file as UTF-8");
        return Optional.empty();
      }
      String text = new String(bytes, StandardCharsets.UTF_8);
      int broken = text.indexOf(REPLACEMENT);
      if (broken >= 0) {
        int line = 1 + (int) text.substring(0, broken).chars().filter(c -> c == '\n').count();
        faults.warn(line, "", "has letters that are not UTF-8: save the file as UTF-8");
      }
      return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
    } catch (IOException e) {
      faults.add("cannot be read: " + e.getClass().getSimpleName());
      return Optional.empty();
    } finally {
      faults.leave();
    }
  }

  private void check(Include include) {
    if (!include.isFile()) {
      faults.add(include.line(), "only files can be included: write include \"more.conf\"");
      return;
    }
    Optional<Path> file = find(include.name());
    if (file.isEmpty()) {
      faults.add(
          include.line(),
          "there is no file "
              + folder().resolve(include.name().replace('\0', ' '))
              + " to include: remove the line, or write the path from the folder of this file");
    } else if (open.contains(file.get())) {
      faults.add(include.line(), "the file includes itself here: remove the line");
    }
  }

  private Path folder() {
    return Objects.requireNonNull(open.element().getParent(), "a file has a folder");
  }

  /** HOCON lets the end of the name be left out. */
  private Optional<Path> find(String name) {
    for (String end : new String[] {"", ".conf"}) {
      try {
        Path file = folder().resolve(name + end).normalize();
        if (Files.isRegularFile(file)) {
          return Optional.of(file);
        }
      } catch (InvalidPathException noName) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private Optional<Config> parse(String text, String name, SourceText source) {
    ConfigParseOptions options =
        ConfigParseOptions.defaults()
            .setSyntax(ConfigSyntax.CONF)
            .setOriginDescription(name)
            .setIncluder(this);
    try {
      return Optional.of(ConfigFactory.parseString(text, options));
    } catch (ConfigException e) {
      if (source.faults().isEmpty()) {
        report(e, faults);
        return Optional.empty();
      }
    }
    for (SyntaxFault fault : source.faults()) {
      faults.add(fault.line(), fault.key(), fault.message());
    }
    if (source.repaired().isEmpty()) {
      return Optional.empty();
    }
    try {
      Config repaired = ConfigFactory.parseString(source.repaired(), options);
      faults.ignore(source.repairedKeys());
      return Optional.of(repaired);
    } catch (ConfigException e) {
      return Optional.empty();
    }
  }

  static void report(ConfigException fault, ConfigFaults faults) {
    String text = String.valueOf(fault.getMessage()).lines().findFirst().orElse("");
    ConfigOrigin origin = fault.origin();
    if (origin == null) {
      faults.add(withoutQuotes(text));
      return;
    }
    String prefix = origin.description() + ": ";
    faults.add(
        Math.max(0, origin.lineNumber()),
        withoutQuotes(text.startsWith(prefix) ? text.substring(prefix.length()) : text));
  }

  /** The parser quotes what it has read, which may be a piece of a password. */
  private static String withoutQuotes(String message) {
    int advice = message.indexOf(" (if you intended");
    String short_ = advice < 0 ? message : message.substring(0, advice);
    String safe = QUOTED.matcher(short_).replaceAll("a word");
    return safe.length() <= LONGEST_FAULT ? safe : safe.substring(0, LONGEST_FAULT) + "...";
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    Optional<Path> file = open.size() > DEEPEST ? Optional.empty() : find(what);
    return file.filter(found -> !open.contains(found))
        .flatMap(found -> read(found, found.toString()))
        .orElseGet(ConfigFactory::empty)
        .root();
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File what) {
    return include(context, what.getPath());
  }

  @Override
  public ConfigObject includeResources(ConfigIncludeContext context, String what) {
    return ConfigFactory.empty().root();
  }

  @Override
  public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
    return ConfigFactory.empty().root();
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    return this;
  }
}
