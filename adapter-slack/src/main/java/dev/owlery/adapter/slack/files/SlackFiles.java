package dev.owlery.adapter.slack.files;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.slack.api.methods.request.files.FilesCompleteUploadExternalRequest.FileDetails;
import com.slack.api.methods.response.files.FilesCompleteUploadExternalResponse;
import com.slack.api.methods.response.files.FilesGetUploadURLExternalResponse;
import dev.owlery.adapter.slack.api.ApiMethod;
import dev.owlery.adapter.slack.api.ApiResult;
import dev.owlery.adapter.slack.api.SlackApi;
import dev.owlery.adapter.slack.api.SlackSettings;
import dev.owlery.adapter.slack.chat.SlackRooms;
import dev.owlery.adapter.slack.text.FileNames;
import dev.owlery.adapter.slack.text.RenderedMessage;
import dev.owlery.adapter.slack.text.SentMetadata;
import dev.owlery.adapter.slack.text.SlackJson;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.Tone;
import dev.owlery.api.file.FileSink;
import dev.owlery.api.file.FileSource;
import dev.owlery.api.file.FileTransport;
import dev.owlery.api.file.IncomingFile;
import dev.owlery.api.file.OutgoingFile;
import dev.owlery.api.file.TransferException;
import dev.owlery.api.file.TransferException.Reason;
import dev.owlery.api.plugin.Store;
import dev.owlery.spi.BoundedMap;
import dev.owlery.spi.EngineThreads;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files to and from Slack. Up: an address is asked for, the bytes are brought there, and then they
 * are shown where they belong; only that can leave a doubt, and Slack's id of the file, remembered
 * before, clears it. Down: from where the last attempt ended. Slack's id of an offer stays good.
 */
public final class SlackFiles implements FileTransport {
  private static final long LARGEST = 1L << 30;
  private static final int PIECE = 64 * 1024;
  private static final MediaType BYTES = MediaType.get("application/octet-stream");
  private static final Duration LONGEST = Duration.ofHours(2);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration QUICKLY = Duration.ofSeconds(10);
  private static final Pattern ID = Pattern.compile("F[A-Z0-9]{2,30}");
  private static final Pattern FROM = Pattern.compile("bytes (\\d{1,18})-.*");

  private static final Duration PACE = Duration.ofMinutes(1);
  private static final int MOST_TOLD = 256;
  private static final Logger LOG = LoggerFactory.getLogger(SlackFiles.class);

  /** When each conversation was told that a file is not taken. Guarded by itself. */
  private final Map<Conversation, Long> told = BoundedMap.leastRecentlyUsed(MOST_TOLD);

  private final SlackApi api;
  private final SlackRooms rooms;
  private final SlackSettings settings;
  private final Store memory;
  private final OkHttpClient http;

  public SlackFiles(SlackApi api, SlackRooms rooms, SlackSettings settings, Store memory) {
    this.api = api;
    this.rooms = rooms;
    this.settings = settings;
    this.memory = memory;
    http = api.http().newBuilder().callTimeout(LONGEST).build();
  }

  @Override
  public String name() {
    return FileNames.TRANSPORT;
  }

  @Override
  public boolean offersSurviveReconnect() {
    return true;
  }

  @Override
  public boolean canReach(Conversation to) throws IOException {
    return to.kind() != Conversation.Kind.ACCOUNT && channel(to).isPresent();
  }

  /** Empty if there is no such place. */
  private Optional<String> channel(Conversation where) throws IOException {
    return switch (rooms.resolve(where)) {
      case ApiResult.Ok<String>(String id) -> Optional.of(id);
      case ApiResult.SlackRefused<String> _ -> Optional.empty();
      case ApiResult.NotReached<String> lost -> throw new IOException(lost.reason());
      case ApiResult.Unsure<String>(String reason) -> throw new IOException(reason);
    };
  }

  @Override
  public void send(OutgoingFile file, FileSource source) throws IOException, InterruptedException {
    if (file.size() < 1 || file.size() > LARGEST) {
      throw new TransferException(Reason.UNREACHABLE, "Slack takes files of 1 byte to 1 GB");
    }
    String channel =
        channel(file.to())
            .orElseThrow(() -> new TransferException(Reason.UNREACHABLE, "no such channel"));
    try {
      FilesGetUploadURLExternalResponse place =
          value(
              api.call(
                  ApiMethod.FILES_GET_URL,
                  "",
                  PATIENCE,
                  methods ->
                      methods.filesGetUploadURLExternal(
                          r -> r.filename(file.name()).length((int) file.size()))));
      bring(file, source, String.valueOf(place.getUploadUrl()));
      memory.put(key(file), String.valueOf(place.getFileId()));
      show(file, channel, String.valueOf(place.getFileId()));
    } catch (IOException e) {
      checkInterrupted(e);
    }
  }

  private static String key(OutgoingFile file) {
    return "upload " + file.id();
  }

  private void bring(OutgoingFile file, FileSource source, String address) throws IOException {
    if (!SlackSettings.isSafe(URI.create(address), settings.insecure())) {
      throw new TransferException(Reason.REFUSED, "Slack named an address without encryption");
    }
    Request request =
        new Request.Builder().url(address).post(new Streamed(source, file.size())).build();
    try (Response response = http.newCall(request).execute()) {
      if (!response.isSuccessful()) {
        throw new IOException("the upload ended with status " + response.code());
      }
    }
  }

  /** The bytes of a file, as they are read. */
  private static final class Streamed extends RequestBody {
    private final FileSource source;
    private final long size;

    Streamed(FileSource source, long size) {
      this.source = source;
      this.size = size;
    }

    @Override
    public MediaType contentType() {
      return BYTES;
    }

    @Override
    public long contentLength() {
      return size;
    }

    @Override
    public boolean isOneShot() {
      return true;
    }

    @Override
    public void writeTo(BufferedSink out) throws IOException {
      try (InputStream in = source.from(0)) {
        in.transferTo(out.outputStream());
      }
    }
  }

  private void show(OutgoingFile file, String channel, String id) throws IOException {
    ApiResult<FilesCompleteUploadExternalResponse> answer =
        api.call(
            ApiMethod.FILES_COMPLETE,
            channel,
            PATIENCE,
            methods ->
                methods.filesCompleteUploadExternal(r -> {
                  file.to().thread().ifPresent(r::threadTs);
                  return r.channelId(channel)
                      .files(List.of(FileDetails.builder().id(id).title(file.name()).build()));
                }));
    if (!(answer instanceof ApiResult.Unsure<?>)) {
      memory.remove(key(file));
    }
    value(answer);
  }

  private static <R> R value(ApiResult<R> answer) throws IOException {
    return switch (answer) {
      case ApiResult.Ok<R>(R value) -> value;
      case ApiResult.SlackRefused<R> refused ->
          throw new TransferException(Reason.REFUSED, refused.detail());
      case ApiResult.NotReached<R> lost -> throw new IOException(lost.reason());
      case ApiResult.Unsure<R>(String reason) -> throw new IOException(reason);
    };
  }

  @Override
  public boolean wasDelivered(OutgoingFile file) throws IOException {
    Optional<String> id = memory.get(key(file));
    Optional<String> channel = id.isPresent() ? channel(file.to()) : Optional.empty();
    if (channel.isEmpty()) {
      return false;
    }
    JsonObject shown = info(id.get());
    boolean there =
        List.of("channels", "groups", "ims").stream()
            .anyMatch(places -> holds(shown, places, channel.get()));
    if (there) {
      memory.remove(key(file));
    }
    return there;
  }

  private static boolean holds(JsonObject file, String places, String channel) {
    JsonElement list = file.get(places);
    return list != null
        && list.isJsonArray()
        && list.getAsJsonArray().asList().stream()
            .anyMatch(each -> each.isJsonPrimitive() && each.getAsString().equals(channel));
  }

  private JsonObject info(String id) throws IOException {
    return value(api.read(ApiMethod.FILES_INFO, QUICKLY, Map.of("file", id))).file();
  }

  @Override
  public void receive(IncomingFile file, FileSink sink) throws IOException, InterruptedException {
    if (!ID.matcher(file.offer()).matches()) {
      throw new TransferException(Reason.REFUSED, "this is no file of Slack's");
    }
    try {
      fetch(SlackJson.text(info(file.offer()), "url_private_download"), sink);
    } catch (IOException e) {
      checkInterrupted(e);
    }
  }

  /** In a direct chat a file was for the bot, and its sender hears that it is not taken. */
  @Override
  public void refuse(IncomingFile file, Reason reason, String text) {
    if (file.where().isDirect() && mayTell(file.where())) {
      EngineThreads.start(
          "slack-refusal",
          () -> tell(file.where(), "I have not taken " + file.file().name() + ": " + text));
    }
  }

  private void tell(Conversation where, String text) {
    RenderedMessage line = RenderedMessage.of(Content.of(text), Tone.NOTICE);
    ApiResult<?> told =
        switch (rooms.resolve(where)) {
          case ApiResult.Ok<String>(String channel) ->
              api.call(
                  ApiMethod.CHAT_POST,
                  channel,
                  PATIENCE,
                  methods ->
                      methods.chatPostMessage(request -> {
                        where.thread().ifPresent(request::threadTs);
                        return line.into(request)
                            .channel(channel)
                            .metadata(
                                SentMetadata.of(UUID.randomUUID().toString(), Tone.AUTOMATIC));
                      }));
          case ApiResult.SlackRefused<String> _,
              ApiResult.NotReached<String> _,
              ApiResult.Unsure<String> _ ->
              new ApiResult.NotReached<>("there is no way to the sender");
        };
    if (!told.trouble().isEmpty() && !api.isClosed()) {
      LOG.warn("{} was not told that a file is not taken: {}", where.address(), told.trouble());
    }
  }

  /** One line a minute for each conversation. */
  private boolean mayTell(Conversation where) {
    long now = System.nanoTime();
    synchronized (told) {
      Long before = told.get(where);
      if (before != null && now - before < PACE.toNanos()) {
        return false;
      }
      told.put(where, now);
      return true;
    }
  }

  private void fetch(String address, FileSink sink) throws IOException {
    URI place = safe(address);
    long offset = sink.offset();
    Request.Builder request =
        new Request.Builder()
            .url(place.toString())
            // Compressed bytes could not be counted.
            .header("Accept-Encoding", "identity")
            .header("Authorization", "Bearer " + settings.botToken().reveal());
    if (offset > 0) {
      request.header("Range", "bytes=" + offset + "-");
    }
    try (Response response = http.newCall(request.build()).execute()) {
      long from = begins(response, offset);
      ResponseBody body = response.body();
      if (body == null) {
        throw new EOFException("Slack sent nothing");
      }
      try (InputStream in = body.byteStream();
          OutputStream out = sink.from(from)) {
        copy(in, out);
      }
    }
    String _ = sink.complete();
  }

  private static void copy(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[PIECE];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      out.write(buffer, 0, count);
    }
  }

  /** The token goes to Slack only. */
  private URI safe(String address) throws IOException {
    URI place;
    try {
      place = URI.create(address);
    } catch (IllegalArgumentException malformed) {
      throw new TransferException(Reason.REFUSED, "Slack named no address");
    }
    String host = String.valueOf(place.getHost());
    boolean ours =
        host.equals("slack.com")
            || host.endsWith(".slack.com")
            || host.equals(URI.create(settings.apiUrl()).getHost());
    if (!ours || !SlackSettings.isSafe(place, settings.insecure())) {
      throw new TransferException(Reason.REFUSED, "the file lies where the token must not go");
    }
    return place;
  }

  /** Where the answer begins; a page that asks to log in is no file. */
  private static long begins(Response response, long offset) throws IOException {
    int status = response.code();
    if (status == 429 || status >= 500) {
      throw new IOException("Slack answered with status " + status);
    }
    String type = String.valueOf(response.header("Content-Type"));
    if (type.startsWith("text/html") && response.header("Content-Disposition") == null) {
      throw new TransferException(Reason.REFUSED, "the bot may not read files (files:read)");
    }
    Matcher from = FROM.matcher(String.valueOf(response.header("Content-Range")));
    if (status == 206 && from.matches() && Long.parseLong(from.group(1)) == offset) {
      return offset;
    }
    if (status != 200) {
      throw new TransferException(Reason.REFUSED, "Slack answered with status " + status);
    }
    return 0;
  }

  /** What waits on a virtual thread that is interrupted finds its connection closed. */
  private static void checkInterrupted(IOException trouble)
      throws IOException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    throw trouble;
  }
}
