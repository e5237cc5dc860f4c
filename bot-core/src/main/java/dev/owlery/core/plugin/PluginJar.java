package dev.owlery.core.plugin;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * A plugin's jar, read once into memory and never unpacked.
 *
 * @param manifest what it says of itself
 * @param files contents by path
 * @param sha256 the hash of the file, in hexadecimal digits
 */
record PluginJar(PluginManifest manifest, Map<String, byte[]> files, String sha256) {

  private static final long MOST_BYTES = 64L << 20;
  private static final long MOST_UNPACKED = 256L << 20;
  private static final int MOST_FILES = 50_000;
  private static final int END_BYTES = 22;

  /** With the longest comment. */
  private static final int MOST_END_BYTES = END_BYTES + 0xffff;

  private static final Pattern RELEASE = Pattern.compile("META-INF/versions/([0-9]{1,4})/(.+)");

  /**
   * Reads a jar.
   *
   * @param file the jar
   * @return its contents, checked
   * @throws UnfitJarException if it is no plugin; the text says why
   * @throws IllegalArgumentException if it is too large or oddly made; the text says why
   * @throws IOException if it cannot be read
   */
  static PluginJar read(Path file) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes((int) MOST_BYTES + 1);
    }
    if (bytes.length > MOST_BYTES) {
      throw new IllegalArgumentException("it is larger than " + (MOST_BYTES >> 20) + " MiB");
    }
    if (bytes.length < 4 || bytes[0] != 'P' || bytes[1] != 'K') {
      throw new ZipException("not a zip file");
    }
    if (!isWhole(bytes)) {
      throw new ZipException("its end is missing");
    }
    Map<String, byte[]> files = contents(bytes);
    byte[] found = files.get(PluginManifest.PATH);
    if (found == null) {
      throw PluginFolder.withoutManifest();
    }
    PluginManifest manifest = PluginManifest.parse(found);
    return new PluginJar(manifest, manifest.multiRelease() ? newest(files) : files, sha256(bytes));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Whether the directory of its entries is there, which stands at the end of a zip file. */
  private static boolean isWhole(byte[] bytes) {
    for (int i = bytes.length - END_BYTES; i >= 0 && bytes.length - i <= MOST_END_BYTES; i--) {
      if (bytes[i] == 'P' && bytes[i + 1] == 'K' && bytes[i + 2] == 5 && bytes[i + 3] == 6) {
        return true;
      }
    }
    return false;
  }

  private static Map<String, byte[]> contents(byte[] bytes) throws IOException {
    Map<String, byte[]> files = new HashMap<>();
    long unpacked = 0;
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = entry.getName();
        checkName(name);
        byte[] content = zip.readNBytes((int) (MOST_UNPACKED - unpacked) + 1);
        unpacked += content.length;
        if (unpacked > MOST_UNPACKED) {
          throw new IllegalArgumentException(
              "it is larger than " + (MOST_UNPACKED >> 20) + " MiB when unpacked");
        }
        if (!entry.isDirectory() && files.put(name, content) != null) {
          throw new IllegalArgumentException("it has two files named " + name);
        }
        if (files.size() > MOST_FILES) {
          throw new IllegalArgumentException("it has more than " + MOST_FILES + " files");
        }
      }
    }
    return files;
  }

  /** Nothing is unpacked, so an odd name could not harm; but no honest tool writes one. */
  private static void checkName(String name) {
    boolean odd =
        name.startsWith("/")
            || name.contains("\\")
            || name.contains("//")
            || ("/" + name + "/").contains("/../")
            || ("/" + name + "/").contains("/./")
            || name.chars().anyMatch(Character::isISOControl);
    if (odd) {
      throw new IllegalArgumentException("it has a file with an odd name: " + name);
    }
  }

  private static Map<String, byte[]> newest(Map<String, byte[]> files) {
    Map<String, byte[]> result = new HashMap<>(files);
    Map<Integer, Map<String, byte[]>> releases = new TreeMap<>();
    files.forEach((name, content) -> {
      Matcher release = RELEASE.matcher(name);
      if (release.matches()) {
        releases
            .computeIfAbsent(Integer.valueOf(release.group(1)), r -> new HashMap<>())
            .put(release.group(2), content);
      }
    });
    releases.forEach((release, overriding) -> {
      if (release <= Runtime.version().feature()) {
        result.putAll(overriding);
      }
    });
    return result;
  }
}
