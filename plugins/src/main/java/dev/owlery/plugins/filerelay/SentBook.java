package dev.owlery.plugins.filerelay;

import dev.owlery.api.folder.FolderEntry;
import dev.owlery.api.plugin.Store;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

/**
 * Which files of one watched folder were given to be sent: kept in the store, in the same unit as
 * the sending, and in memory. For one thread at a time.
 */
final class SentBook {

  private static final int LONGEST = 200;

  private final Store store;
  private final String prefix;
  private final Map<String, String> stamps = new HashMap<>();

  SentBook(Store store, String folder) {
    this.store = store;
    this.prefix = "sent " + key(folder) + " ";
    store
        .entries(prefix)
        .forEach((key, stamp) -> stamps.put(key.substring(prefix.length()), stamp));
  }

  /** Whether a file was sent as it is now. */
  boolean has(FolderEntry entry) {
    return stamp(entry).equals(stamps.get(key(entry.path().toString())));
  }

  /** Within the unit that sends it. */
  void write(FolderEntry entry) {
    store.put(prefix + key(entry.path().toString()), stamp(entry));
  }

  /** After that unit. */
  void note(FolderEntry entry) {
    stamps.put(key(entry.path().toString()), stamp(entry));
  }

  /** Forgets files that are not there any more. */
  void keep(Set<String> paths) {
    if (paths.size() >= stamps.size()) {
      return;
    }
    Set<String> gone = new java.util.HashSet<>(stamps.keySet());
    paths.forEach(path -> gone.remove(key(path)));
    gone.forEach(key -> {
      stamps.remove(key);
      store.remove(prefix + key);
    });
  }

  static String stamp(FolderEntry entry) {
    return entry.size() + " " + entry.modified() + " " + entry.key();
  }

  private static String key(String path) {
    if (path.length() <= LONGEST) {
      return path;
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(path.getBytes(StandardCharsets.UTF_8));
      return "sha-256 " + HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
