package dev.owlery.testkit.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A modal before a person: a form to fill in. For one thread. */
public final class SlackModal {
  private final Interactions interactions;
  private final WorkspaceMember person;
  private final ObjectNode view;
  private final Map<String, String> filled = new LinkedHashMap<>();

  SlackModal(Interactions interactions, WorkspaceMember person, ObjectNode view) {
    this.interactions = interactions;
    this.person = person;
    this.view = view;
  }

  /**
   * What stands above it.
   *
   * @return the title
   */
  public String title() {
    return JsonNodes.text(view.path("title"), "text");
  }

  /**
   * All of it.
   *
   * @return the view
   */
  public JsonNode json() {
    return view.deepCopy();
  }

  /**
   * What can be filled in.
   *
   * @return the labels, from top to bottom
   */
  public List<String> labels() {
    return JsonNodes.objects(view.path("blocks")).stream()
        .filter(block -> JsonNodes.text(block, "type").equals("input"))
        .map(block -> JsonNodes.text(block.path("label"), "text"))
        .toList();
  }

  /**
   * Fills something in.
   *
   * @param label of which input
   * @param value what; of a choice the text or the value of an option
   * @return this modal
   */
  public SlackModal fill(String label, String value) {
    if (!labels().contains(label)) {
      throw new AssertionError("no input <" + label + "> among " + labels());
    }
    filled.put(label, value);
    return this;
  }

  /**
   * Sends it off.
   *
   * @return what the bot answered, for example errors to show; empty when the modal is closed
   * @throws AssertionError when the bot does not acknowledge in time
   */
  public Optional<JsonNode> submit() {
    ObjectNode values = JsonNodes.object();
    for (ObjectNode block : JsonNodes.objects(view.path("blocks"))) {
      String label = JsonNodes.text(block.path("label"), "text");
      if (JsonNodes.text(block, "type").equals("input")) {
        JsonNode element = block.path("element");
        values
            .putObject(JsonNodes.text(block, "block_id"))
            .set(JsonNodes.text(element, "action_id"), state(element, filled.get(label)));
      }
    }
    return interactions.submit(person, view, values);
  }

  private static ObjectNode state(
      JsonNode element, @org.jspecify.annotations.Nullable String value) {
    String type = JsonNodes.text(element, "type");
    ObjectNode state = JsonNodes.object().put("type", type);
    if (type.equals("plain_text_input") || type.equals("number_input")) {
      return state.put("value", value == null ? JsonNodes.text(element, "initial_value") : value);
    }
    JsonNodes.objects(element.path("options")).stream()
        .filter(option ->
            JsonNodes.text(option, "value").equals(value)
                || JsonNodes.text(option.path("text"), "text").equals(value))
        .findFirst()
        .ifPresent(option -> state.set("selected_option", option.deepCopy()));
    return state;
  }

  /** Closes it without sending it off. */
  public void cancel() {
    interactions.cancel(person, view);
  }
}
