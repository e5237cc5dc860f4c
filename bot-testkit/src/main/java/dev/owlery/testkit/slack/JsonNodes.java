package dev.owlery.testkit.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Optional;

/** JSON, as short as it goes. */
final class JsonNodes {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private JsonNodes() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static ArrayNode array() {
    return MAPPER.createArrayNode();
  }

  static ArrayNode array(Collection<String> texts) {
    ArrayNode made = array();
    texts.forEach(made::add);
    return made;
  }

  static JsonNode read(String text) {
    return parse(text).orElseThrow(() -> new IllegalArgumentException("no JSON: " + text));
  }

  /** Empty when the text is no JSON. */
  static Optional<JsonNode> parse(String text) {
    try {
      JsonNode node = MAPPER.readTree(text);
      return node == null || node.isMissingNode() ? Optional.empty() : Optional.of(node);
    } catch (JsonProcessingException notJson) {
      return Optional.empty();
    }
  }

  static String text(JsonNode node, String field) {
    return node.path(field).asText("");
  }

  /** The objects of an array; nothing of anything else. */
  static Collection<ObjectNode> objects(JsonNode array) {
    return array.valueStream().filter(JsonNode::isObject).map(ObjectNode.class::cast).toList();
  }
}
