package dev.owlery.adapter.slack.files;

import com.slack.api.methods.request.files.FilesCompleteUploadExternalRequest.FileDetails;
import com.slack.api.methods.response.files.FilesCompleteUploadExternalResponse;
import com.slack.api.methods.response.files.FilesGetUploadURLExternalResponse;
import dev.owlery.adapter.slack.api.ApiMethod;
import dev.owlery.adapter.slack.api.ApiResult;
import dev.owlery.adapter.slack.api.SlackApi;
import dev.owlery.adapter.slack.api.SlackErrors;
import dev.owlery.adapter.slack.api.SlackSettings;
import dev.owlery.adapter.slack.text.Escapes;
import dev.owlery.adapter.slack.text.FileNames;
import dev.owlery.api.action.SendFile;
import dev.owlery.api.adapter.Outcome;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Sends files the way Slack has them sent since 2025: ask for an address, bring the bytes there,
 * say where they belong. Only the last step shows anything, so only it can leave a doubt.
 */
public final class Uploads {

  private static final MediaType BYTES = MediaType.get("application/octet-stream");
  private static final Duration LONGEST = Duration.ofMinutes(30);

  private final SlackApi api;
  private final boolean insecure;
  private final OkHttpClient http;

  public Uploads(SlackApi api, boolean insecure) {
    this.api = api;
    this.insecure = insecure;
    http = api.http().newBuilder().callTimeout(LONGEST).build();
  }

  /**
   * Sends one.
   *
   * @param send what
   * @param channel the channel's id
   * @return what is known of it
   */
  public Outcome send(SendFile send, String channel) {
    Optional<Path> path =
        send.file()
            .location()
            .filter(address -> "file".equals(address.getScheme()))
            .map(Path::of)
            .filter(Files::isRegularFile);
    if (path.isEmpty()) {
      return Outcome.refused("the file is not there");
    }
    String name = FileNames.shown(send.file());
    try {
      int length = Math.toIntExact(Files.size(path.get()));
      ApiResult<FilesGetUploadURLExternalResponse> place =
          api.call(
              ApiMethod.FILES_GET_URL,
              methods -> methods.filesGetUploadURLExternal(r -> r.filename(name).length(length)));
      if (!(place instanceof ApiResult.Ok<FilesGetUploadURLExternalResponse>(var told))) {
        return before(place.outcome());
      }
      Outcome brought = bring(path.get(), told.getUploadUrl());
      return brought.equals(Outcome.DELIVERED)
          ? show(send, channel, told.getFileId(), name)
          : brought;
    } catch (ArithmeticException tooLong) {
      return Outcome.refused("Slack takes files of up to 1 GB");
    } catch (IOException unreadable) {
      return Outcome.refused("the file cannot be read");
    }
  }

  /** Nobody has seen anything yet. */
  private static Outcome before(Outcome outcome) {
    return outcome instanceof Outcome.Doubtful(String reason)
        ? new Outcome.NotSent(Duration.ZERO, reason)
        : outcome;
  }

  private Outcome bring(Path file, @Nullable String address) {
    if (address == null || !SlackSettings.isSafe(URI.create(address), insecure)) {
      return Outcome.refused("Slack named an address without encryption");
    }
    Request request =
        new Request.Builder().url(address).post(RequestBody.create(file.toFile(), BYTES)).build();
    try (Response response = http.newCall(request).execute()) {
      return response.isSuccessful()
          ? Outcome.DELIVERED
          : new Outcome.NotSent(Duration.ZERO, "the upload ended with status " + response.code());
    } catch (IOException lost) {
      return new Outcome.NotSent(Duration.ZERO, "the upload broke off: " + SlackErrors.line(lost));
    }
  }

  private Outcome show(SendFile send, String channel, String id, String title) {
    ApiResult<FilesCompleteUploadExternalResponse> answer =
        api.call(
            ApiMethod.FILES_COMPLETE,
            channel,
            SlackApi.AS_LONG_AS_IT_TAKES,
            methods ->
                methods.filesCompleteUploadExternal(r -> {
                  send.where().thread().ifPresent(r::threadTs);
                  if (!send.caption().isBlank()) {
                    r.initialComment(Escapes.mrkdwn(send.caption()));
                  }
                  return r.channelId(channel)
                      .files(List.of(FileDetails.builder().id(id).title(title).build()));
                }));
    return answer.outcome();
  }
}
