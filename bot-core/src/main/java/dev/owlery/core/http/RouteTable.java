package dev.owlery.core.http;

import dev.owlery.api.http.HttpHandler;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * All routes of one moment. Immutable.
 *
 * @param entries what says more first; of two alike, the newer first
 */
record RouteTable(List<Entry> entries) {

  /**
   * A route.
   *
   * @param owner whose, for people
   * @param life tells one life of the owner from the next
   * @param method in capitals
   * @param path which paths
   * @param handler answers
   */
  record Entry(String owner, Object life, String method, PathPattern path, HttpHandler handler) {

    boolean isAlike(Entry other) {
      return method.equals(other.method) && path.isAlike(other.path);
    }

    @Override
    public String toString() {
      return method + " " + path + " of " + owner;
    }
  }

  /** What a table says of a request. */
  sealed interface Found {

    /** A route answers it. */
    record Match(Entry entry, Map<String, String> parts) implements Found {}

    /** Its path has routes, for these methods. */
    record OtherMethod(String allowed) implements Found {}

    /** There is nothing there. */
    record Nothing() implements Found {}

    /** It is not a path. */
    record Malformed() implements Found {}
  }

  /**
   * A table with one more.
   *
   * @throws IllegalArgumentException if the path is taken by another owner, or by the same life of
   *     the same; the text is fit for a user
   */
  RouteTable with(Entry fresh) {
    for (Entry entry : entries) {
      boolean successor = entry.owner().equals(fresh.owner()) && !entry.life().equals(fresh.life());
      if (entry.isAlike(fresh) && !successor) {
        throw new IllegalArgumentException("the path is taken: " + entry);
      }
    }
    List<Entry> more = new ArrayList<>();
    more.add(fresh);
    more.addAll(entries);
    more.sort(Comparator.comparing(Entry::path)); // stable: the newer stays in front
    return new RouteTable(List.copyOf(more));
  }

  RouteTable without(Entry gone) {
    return new RouteTable(entries.stream().filter(entry -> !entry.equals(gone)).toList());
  }

  Found find(String method, String path) {
    Optional<List<String>> cut = PathPattern.cut(path);
    if (cut.isEmpty()) {
      return new Found.Malformed();
    }
    String wanted = method.equals("HEAD") ? "GET" : method;
    TreeSet<String> others = new TreeSet<>();
    for (Entry entry : entries) {
      Optional<Map<String, String>> parts = entry.path().match(cut.get());
      if (parts.isPresent() && (entry.method().equals(wanted) || entry.method().equals(method))) {
        return new Found.Match(entry, parts.get());
      }
      if (parts.isPresent()) {
        others.add(entry.method());
      }
    }
    return others.isEmpty()
        ? new Found.Nothing()
        : new Found.OtherMethod(String.join(", ", others));
  }
}
