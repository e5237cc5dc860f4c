package dev.owlery.testkit.slack;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.UploadedFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The double's addresses. */
final class SlackServer {
  static final String HOST = "127.0.0.1";
  private static final long BIGGEST_UPLOAD = 64L << 20;

  private final Workspace workspace;
  private final FileMethods files;
  private final Javalin server;

  SlackServer(
      int port,
      Workspace workspace,
      FileMethods files,
      WebApi api,
      SocketHub sockets,
      ResponseUrls responses,
      IncomingWebhooks webhooks) {
    this.workspace = workspace;
    this.files = files;
    this.server =
        Javalin.create(config -> {
          config.concurrency.useVirtualThreads = true;
          config.startup.showJavalinBanner = false;
          config.startup.showOldJavalinVersionWarning = false;
          config.jetty.host = HOST;
          config.http.maxRequestSize = BIGGEST_UPLOAD;
          config.routes.post("/api/{method}", api::handle);
          config.routes.get("/api/{method}", api::handle);
          config.routes.ws("/link/", sockets::routes);
          config.routes.post("/upload/v1/{id}", this::upload);
          config.routes.get("/files-pri/{id}/{name}", this::download);
          config.routes.post("/actions/{team}/{id}", responses::handle);
          config.routes.post("/services/{team}/{service}/{secret}", webhooks::handle);
        });
    server.start(port);
  }

  private void upload(Context ctx) throws IOException {
    Optional<UploadedFile> part =
        ctx.isMultipartFormData() ? ctx.uploadedFiles().stream().findFirst() : Optional.empty();
    byte[] bytes = part.isPresent() ? bytes(part.get()) : ctx.bodyAsBytes();
    if (files.upload(ctx.pathParam("id"), bytes)) {
      ctx.result("OK - " + bytes.length);
    } else {
      ctx.status(404).result("not found");
    }
  }

  private static byte[] bytes(UploadedFile part) throws IOException {
    try (InputStream content = part.content()) {
      return content.readAllBytes();
    }
  }

  /** Without the right token it is a page that asks to log in, as there. */
  private void download(Context ctx) {
    Optional<FileState> file = workspace.file(ctx.pathParam("id"));
    SlackIds ids = workspace.ids();
    boolean mayRead =
        WebApi.token(ctx).filter(ids.botToken()::equals).isPresent()
            && ids.scopes().contains("files:read");
    if (!mayRead) {
      ctx.contentType("text/html; charset=utf-8").result("<!DOCTYPE html><title>Slack</title>");
    } else if (file.isEmpty()) {
      ctx.status(404).result("not found");
    } else {
      ctx.contentType("application/octet-stream").result(file.get().content());
    }
  }

  void close() {
    server.stop();
  }
}
