package dev.owlery.testkit.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One call of the Web API, its token already checked. */
record ApiRequest(String method, Map<String, String> arguments, Set<String> scopes) {

  /** Absent and empty are the same. */
  Optional<String> argument(String name) {
    return Optional.ofNullable(arguments.get(name)).filter(value -> !value.isEmpty());
  }

  String need(String name) {
    return need(name, "invalid_arguments");
  }

  String need(String name, String error) {
    return argument(name).orElseThrow(() -> new ApiError(error));
  }

  boolean flag(String name) {
    return argument(name).filter(value -> value.equals("true") || value.equals("1")).isPresent();
  }

  List<String> list(String name) {
    return argument(name).stream()
        .flatMap(text -> List.of(text.split(",")).stream())
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .toList();
  }

  /** A structured argument, which a form carries as text. */
  Optional<JsonNode> json(String name, String error) {
    return argument(name).map(text -> JsonNodes.parse(text).orElseThrow(() -> new ApiError(error)));
  }

  Optional<ObjectNode> object(String name, String error) {
    return json(name, error)
        .map(node -> {
          if (node instanceof ObjectNode object) {
            return object;
          }
          throw new ApiError(error);
        });
  }

  /** Any of these scopes is enough. */
  void needScope(String... anyOf) {
    if (List.of(anyOf).stream().noneMatch(scopes::contains)) {
      throw ApiError.missingScope(String.join(",", anyOf), String.join(",", scopes));
    }
  }
}
