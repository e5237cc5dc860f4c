package dev.owlery.core.topic;

import java.util.List;

/**
 * Where topics are told.
 *
 * @param routes in the configuration's order
 */
public record TopicSettings(List<Route> routes) {

  /**
   * A route.
   *
   * @param topics which topics
   * @param to addresses of conversations, written {@code account/room}
   */
  public record Route(TopicPattern topics, List<String> to) {

    /** Copies the list. */
    public Route {
      to = List.copyOf(to);
    }
  }

  /** Copies the list. */
  public TopicSettings {
    routes = List.copyOf(routes);
  }

  /**
   * What holds without configuration.
   *
   * @return no routes
   */
  public static TopicSettings standard() {
    return new TopicSettings(List.of());
  }
}
