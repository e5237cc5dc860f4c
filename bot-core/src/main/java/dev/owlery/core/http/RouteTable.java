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
record RouteTable(List<RouteEntry> entries) {

  /**
   * A route.
   *
   * @param owner whose, for people
   * @param life tells one life of the owner from the next
   * @param method in capitals
   * @param path which paths
   * @param handler answers
   */
  record RouteEntry(
      String owner, Object life, String method, PathPattern path, HttpHandler handler) {

    boolean isAlike(RouteEntry other) {
      return method.equals(other.method) && path.isAlike(other.path);
    }

    @Override
    public String toString() {
      return method + " " + path + " of " + owner;
    }
  }

  /** What a table says of a request. */
  sealed interface RouteMatch {

    /** A route answers it. */
    record Match(RouteEntry entry, Map<String, String> parts) implements RouteMatch {}

    /** Its path has routes, for these methods. */
    record OtherMethod(String allowed) implements RouteMatch {}

    /** There is nothing there. */
    record NoRoute() implements RouteMatch {}

    /** It is not a path. */
    record Malformed() implements RouteMatch {}
  }

  /**
   * A table with one more.
   *
   * @throws IllegalArgumentException if the path is taken by another owner, or by the same life of
   *     the same; the text is fit for a user
   */
  RouteTable with(RouteEntry fresh) {
    for (RouteEntry entry : entries) {
      boolean successor = entry.owner().equals(fresh.owner()) && !entry.life().equals(fresh.life());
      if (entry.isAlike(fresh) && !successor) {
        throw new IllegalArgumentException("the path is taken: " + entry);
      }
    }
    List<RouteEntry> more = new ArrayList<>();
    more.add(fresh);
    more.addAll(entries);
    more.sort(Comparator.comparing(RouteEntry::path)); // stable: the newer stays in front
    return new RouteTable(List.copyOf(more));
  }

  RouteTable without(RouteEntry gone) {
    return new RouteTable(entries.stream().filter(entry -> !entry.equals(gone)).toList());
  }

  RouteMatch find(String method, String path) {
    Optional<List<String>> cut = PathPattern.cut(path);
    if (cut.isEmpty()) {
      return new RouteMatch.Malformed();
    }
    String wanted = method.equals("HEAD") ? "GET" : method;
    TreeSet<String> others = new TreeSet<>();
    for (RouteEntry entry : entries) {
      Optional<Map<String, String>> parts = entry.path().match(cut.get());
      if (parts.isPresent() && (entry.method().equals(wanted) || entry.method().equals(method))) {
        return new RouteMatch.Match(entry, parts.get());
      }
      if (parts.isPresent()) {
        others.add(entry.method());
      }
    }
    return others.isEmpty()
        ? new RouteMatch.NoRoute()
        : new RouteMatch.OtherMethod(String.join(", ", others));
  }
}
