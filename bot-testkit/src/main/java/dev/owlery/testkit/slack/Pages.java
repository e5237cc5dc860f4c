package dev.owlery.testkit.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Lists in pieces: a cursor is opaque for callers and a position for us. */
final class Pages {
  private static final String MARK = "next:";
  private static final int MOST = 1_000;

  private Pages() {}

  /** Puts one page of a list, and the cursor of the next one, into an answer. */
  static <T extends JsonNode> boolean put(
      ObjectNode answer, String field, List<T> all, ApiRequest request, int usual) {
    int from = request.argument("cursor").map(Pages::position).orElse(0);
    int limit = limit(request, usual);
    int to = Math.min(all.size(), from + limit);
    ArrayNode page = answer.putArray(field);
    all.subList(Math.min(from, all.size()), to).forEach(page::add);
    answer.putObject("response_metadata").put("next_cursor", to < all.size() ? cursor(to) : "");
    return to < all.size();
  }

  private static int limit(ApiRequest request, int usual) {
    Optional<String> wanted = request.argument("limit");
    if (wanted.isEmpty() || wanted.get().equals("0")) {
      return usual;
    }
    if (!wanted.get().matches("\\d{1,4}") || Integer.parseInt(wanted.get()) > MOST) {
      throw new ApiError("invalid_limit");
    }
    return Integer.parseInt(wanted.get());
  }

  private static String cursor(int position) {
    return Base64.getEncoder()
        .encodeToString((MARK + position).getBytes(StandardCharsets.US_ASCII));
  }

  private static int position(String cursor) {
    try {
      String text = new String(Base64.getDecoder().decode(cursor), StandardCharsets.US_ASCII);
      if (text.startsWith(MARK)) {
        return Integer.parseInt(text.substring(MARK.length()));
      }
    } catch (IllegalArgumentException notOurs) {
      throw new ApiError("invalid_cursor");
    }
    throw new ApiError("invalid_cursor");
  }
}
