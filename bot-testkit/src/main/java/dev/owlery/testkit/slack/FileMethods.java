package dev.owlery.testkit.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code files.*}: an address for the bytes, the bytes, and what is made of them. */
final class FileMethods {
  private static final String NOT_FOUND = "file_not_found";

  private final Workspace workspace;
  private final Board board;
  private final String baseUrl;

  FileMethods(Workspace workspace, Board board, String baseUrl) {
    this.workspace = workspace;
    this.board = board;
    this.baseUrl = baseUrl;
  }

  Map<String, WebApiMethod> all() {
    return Map.of(
        "files.getUploadURLExternal", this::address,
        "files.completeUploadExternal", this::complete,
        "files.info", this::info);
  }

  private void address(ApiRequest request, ObjectNode answer) {
    request.needScope("files:write");
    String name = request.need("filename");
    String length = request.need("length");
    if (!length.matches("[1-9]\\d{0,9}")) {
      throw new ApiError("invalid_arguments");
    }
    FileState file = make(name, workspace.ids().botUser());
    workspace.keep(file);
    answer.put("upload_url", baseUrl + "upload/v1/" + file.id()).put("file_id", file.id());
  }

  private FileState make(String name, String owner) {
    long now = workspace.now().getEpochSecond();
    return new FileState(
        workspace.nextId("F"), name, name, owner, now, ByteBuffer.allocate(0), false, Set.of());
  }

  /** The bytes for an address; false when there is no such address. */
  boolean upload(String id, byte[] bytes) {
    Optional<FileState> file = workspace.file(id).filter(known -> !known.isUploaded());
    file.ifPresent(known -> workspace.keep(known.uploaded(bytes)));
    return file.isPresent();
  }

  private void complete(ApiRequest request, ObjectNode answer) {
    request.needScope("files:write");
    JsonNode wanted =
        request
            .json("files", "invalid_arguments")
            .orElseThrow(() -> new ApiError("invalid_arguments"));
    List<ChannelState> channels = channels(request);
    Set<String> ids = new LinkedHashSet<>();
    channels.forEach(channel -> ids.add(channel.id));
    List<FileState> files = new ArrayList<>();
    for (ObjectNode each : JsonNodes.objects(wanted)) {
      FileState file =
          workspace
              .file(JsonNodes.text(each, "id"))
              .filter(FileState::isUploaded)
              .orElseThrow(() -> new ApiError(NOT_FOUND));
      String title = each.hasNonNull("title") ? JsonNodes.text(each, "title") : file.name();
      files.add(file.shared(title, ids));
    }
    files.forEach(workspace::keep);
    channels.forEach(channel ->
        share(
            channel,
            files,
            workspace.ids().botUser(),
            request.argument("initial_comment").orElse(""),
            request.argument("thread_ts")));
    answer.set(
        "files", JsonNodes.array().addAll(files.stream().map(file -> file.json(baseUrl)).toList()));
  }

  private List<ChannelState> channels(ApiRequest request) {
    List<String> ids = new ArrayList<>(request.list("channels"));
    request.argument("channel_id").ifPresent(ids::add);
    List<ChannelState> channels = new ArrayList<>();
    for (String id : ids) {
      ChannelState channel =
          workspace.channel(id).orElseThrow(() -> new ApiError("channel_not_found"));
      if (!channel.has(workspace.ids().botUser())) {
        throw new ApiError("not_in_channel");
      }
      if (channel.archived) {
        throw new ApiError("is_archived");
      }
      channels.add(channel);
    }
    return channels;
  }

  /** A person, or the bot, shows files in a channel. */
  ObjectNode share(
      ChannelState channel,
      List<FileState> files,
      String user,
      String comment,
      Optional<String> thread) {
    synchronized (workspace) {
      ObjectNode message =
          board
              .draft(user, SlackText.posted(comment))
              .put("subtype", "file_share")
              .put("upload", true);
      if (user.equals(workspace.ids().botUser())) {
        message.put("bot_id", workspace.ids().bot());
      }
      thread.ifPresent(ts -> message.put("thread_ts", ts));
      message.set(
          "files",
          JsonNodes.array().addAll(files.stream().map(file -> file.json(baseUrl)).toList()));
      for (FileState file : files) {
        ObjectNode event =
            JsonNodes.object()
                .put("type", "file_shared")
                .put("channel_id", channel.id)
                .put("file_id", file.id())
                .put("user_id", user)
                .put("event_ts", workspace.nextTs());
        event.putObject("file").put("id", file.id());
        workspace.tell(channel, event);
      }
      return board.post(channel, message);
    }
  }

  FileState add(String name, String owner, byte[] bytes, ChannelState channel) {
    FileState file = make(name, owner).uploaded(bytes).shared(name, Set.of(channel.id));
    workspace.keep(file);
    return file;
  }

  private void info(ApiRequest request, ObjectNode answer) {
    request.needScope("files:read");
    FileState file =
        request
            .argument("file")
            .flatMap(workspace::file)
            .orElseThrow(() -> new ApiError(NOT_FOUND));
    answer.set("file", file.json(baseUrl));
  }
}
