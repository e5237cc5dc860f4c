package dev.owlery.core.topic;

import dev.owlery.api.topic.TopicPattern;
import java.util.List;
import java.util.Map;

/**
 * Where and how topics are told.
 *
 * @param routes in the configuration's order
 * @param telling how items are told in a conversation, by its address, unless a route says
 *     otherwise
 */
public record TopicSettings(List<TopicRoute> routes, Map<String, DeliveryPolicy> telling) {

  /**
   * A route.
   *
   * @param topics which topics
   * @param to addresses of conversations, written {@code account/room}
   * @param policy how they are told there
   */
  public record TopicRoute(TopicPattern topics, List<String> to, DeliveryPolicy policy) {

    /** Copies the list. */
    public TopicRoute {
      to = List.copyOf(to);
    }
  }

  /** Copies what could change. */
  public TopicSettings {
    routes = List.copyOf(routes);
    telling = Map.copyOf(telling);
  }

  /**
   * What holds without configuration.
   *
   * @return no routes
   */
  public static TopicSettings standard() {
    return new TopicSettings(List.of(), Map.of());
  }

  /**
   * How items are told in a conversation, unless a route says otherwise.
   *
   * @param address the conversation's address
   * @return plainly, if nothing is said of it
   */
  DeliveryPolicy manner(String address) {
    return telling.getOrDefault(address, DeliveryPolicy.PLAIN);
  }
}
