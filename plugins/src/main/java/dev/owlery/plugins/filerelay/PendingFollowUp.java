package dev.owlery.plugins.filerelay;

import com.google.gson.Gson;
import com.google.gson.JsonSyntaxException;
import dev.owlery.api.plugin.Store;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be done when a transfer ends, kept in the store from the moment it was asked for until
 * it is done.
 *
 * @param folder of a watched file: its folder; else empty
 * @param path of a watched file: its path below the folder
 * @param stamp of a watched file: what it was when it was sent
 * @param asker where somebody waits for the end, as an address; else empty
 */
record PendingFollowUp(String folder, String path, String stamp, String asker) {

  private static final String PREFIX = "job ";
  private static final Gson JSON = new Gson();

  void put(Store store, String id) {
    store.put(PREFIX + id, JSON.toJson(this));
  }

  static Optional<PendingFollowUp> find(Store store, String id) {
    return store.get(PREFIX + id).flatMap(PendingFollowUp::read);
  }

  /** All by the transfers' ids. */
  static Map<String, PendingFollowUp> all(Store store) {
    Map<String, PendingFollowUp> jobs = new LinkedHashMap<>();
    store
        .entries(PREFIX)
        .forEach((key, text) ->
            read(text).ifPresent(job -> jobs.put(key.substring(PREFIX.length()), job)));
    return jobs;
  }

  private static Optional<PendingFollowUp> read(String text) {
    try {
      return Optional.ofNullable(JSON.fromJson(text, PendingFollowUp.class));
    } catch (JsonSyntaxException damaged) {
      return Optional.empty();
    }
  }

  /** It is done. */
  static void forget(Store store, String id) {
    store.remove(PREFIX + id);
  }
}
