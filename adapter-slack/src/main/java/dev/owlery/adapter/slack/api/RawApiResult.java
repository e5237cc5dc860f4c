package dev.owlery.adapter.slack.api;

import com.google.gson.JsonObject;
import com.google.gson.annotations.SerializedName;
import com.slack.api.methods.SlackApiTextResponse;
import dev.owlery.adapter.slack.text.SlackJson;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer whose contents are read by our own hands: what it holds has the same shape as in
 * events, and is read by the same code, known or not. Filled by the SDK.
 */
public final class RawApiResult implements SlackApiTextResponse {
  private boolean ok;
  private @Nullable String warning;
  private @Nullable String error;
  private @Nullable String needed;
  private @Nullable String provided;
  private transient Map<String, List<String>> headers = Map.of();

  private @Nullable List<JsonObject> messages;
  private @Nullable List<JsonObject> channels;
  private @Nullable JsonObject channel;
  private @Nullable JsonObject user;
  private @Nullable JsonObject bot;
  private @Nullable JsonObject file;

  /** Of users.list objects, of conversations.members ids. */
  private com.google.gson.@Nullable JsonArray members;

  @SerializedName("has_more")
  private boolean hasMore;

  @SerializedName("response_metadata")
  private @Nullable JsonObject more;

  public List<JsonObject> messages() {
    return messages == null ? List.of() : messages;
  }

  public List<JsonObject> channels() {
    return channels == null ? List.of() : channels;
  }

  public JsonObject channel() {
    return channel == null ? new JsonObject() : channel;
  }

  public JsonObject user() {
    return user == null ? new JsonObject() : user;
  }

  public JsonObject bot() {
    return bot == null ? new JsonObject() : bot;
  }

  public JsonObject file() {
    return file == null ? new JsonObject() : file;
  }

  public JsonObject members() {
    JsonObject holder = new JsonObject();
    if (members != null) {
      holder.add("members", members);
    }
    return holder;
  }

  public boolean hasMore() {
    return hasMore;
  }

  /** Where the next page begins; empty if there is none. */
  public String cursor() {
    return SlackJson.text(more, "next_cursor");
  }

  @Override
  public boolean isOk() {
    return ok;
  }

  @Override
  public void setOk(boolean ok) {
    this.ok = ok;
  }

  @Override
  public @Nullable String getWarning() {
    return warning;
  }

  @Override
  public void setWarning(@Nullable String warning) {
    this.warning = warning;
  }

  @Override
  public @Nullable String getError() {
    return error;
  }

  @Override
  public void setError(@Nullable String error) {
    this.error = error;
  }

  @Override
  public @Nullable String getNeeded() {
    return needed;
  }

  @Override
  public void setNeeded(@Nullable String needed) {
    this.needed = needed;
  }

  @Override
  public @Nullable String getProvided() {
    return provided;
  }

  @Override
  public void setProvided(@Nullable String provided) {
    this.provided = provided;
  }

  @Override
  public Map<String, List<String>> getHttpResponseHeaders() {
    return headers;
  }

  @Override
  public void setHttpResponseHeaders(Map<String, List<String>> received) {
    headers = received;
  }
}
