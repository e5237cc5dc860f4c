package dev.owlery.plugins.filerelay;

import com.google.gson.Gson;
import com.google.gson.JsonSyntaxException;
import dev.owlery.api.plugin.Store;
import java.util.Optional;

/**
 * What is to be done when a transfer ends, kept in the store from the moment it was asked for.
 *
 * @param folder of a watched file: its folder; else empty
 * @param path of a watched file: its path below the folder
 * @param stamp of a watched file: what it was when it was sent
 * @param asker where somebody waits for the end, as an address; else empty
 */
record Job(String folder, String path, String stamp, String asker) {

  private static final String PREFIX = "job ";
  private static final Gson JSON = new Gson();

  void put(Store store, String id) {
    store.put(PREFIX + id, JSON.toJson(this));
  }

  /** Looks it up and forgets it. */
  static Optional<Job> take(Store store, String id) {
    Optional<String> text = store.get(PREFIX + id);
    store.remove(PREFIX + id);
    try {
      return text.map(json -> JSON.fromJson(json, Job.class));
    } catch (JsonSyntaxException damaged) {
      return Optional.empty();
    }
  }
}
