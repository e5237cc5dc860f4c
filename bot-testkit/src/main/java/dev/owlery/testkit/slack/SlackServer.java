package dev.owlery.testkit.slack;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.UploadedFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The double's addresses. */
final class SlackServer {
  static final String HOST = "127.0.0.1";
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d{1,9})-");
  private static final long BIGGEST_UPLOAD = 64L << 20;

  private final Workspace workspace;
  private final FileMethods files;
  private final SlackFaults faults;
  private final Javalin server;

  SlackServer(
      int port,
      Workspace workspace,
      FileMethods files,
      SlackFaults faults,
      WebApi api,
      SocketHub sockets,
      IssuedResponseUrls responses,
      IncomingWebhooks webhooks) {
    this.workspace = workspace;
    this.files = files;
    this.faults = faults;
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

  /** Faults of {@code upload}: {@link SlackFault.RateLimited}, and all that cut a connection. */
  private void upload(Context ctx) throws IOException {
    Optional<SlackFault.OfCall> fault = faults.ofCall("upload");
    if (isLimited(ctx, fault)) {
      return;
    }
    if (fault.isPresent()) {
      WebApi.cut(ctx);
      return;
    }
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
      bytes(ctx, file.get().content());
    }
  }

  /** All, or the rest; with a fault of {@code download}, half of that. */
  private void bytes(Context ctx, byte[] all) {
    Optional<SlackFault.OfCall> fault = faults.ofCall("download");
    if (isLimited(ctx, fault)) {
      return;
    }
    Matcher range = RANGE.matcher(String.valueOf(ctx.header("Range")));
    int from = range.matches() ? Math.min(all.length, Integer.parseInt(range.group(1))) : 0;
    ctx.contentType("application/octet-stream");
    if (from > 0) {
      ctx.status(206)
          .header("Content-Range", "bytes %d-%d/%d".formatted(from, all.length - 1, all.length));
    }
    if (fault.isEmpty()) {
      ctx.result(Arrays.copyOfRange(all, from, all.length));
      return;
    }
    ctx.header("Content-Length", Integer.toString(all.length - from));
    try {
      ctx.outputStream().write(all, from, (all.length - from) / 2);
      ctx.outputStream().flush();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
    WebApi.cut(ctx);
  }

  private static boolean isLimited(Context ctx, Optional<SlackFault.OfCall> fault) {
    if (fault.orElse(null) instanceof SlackFault.RateLimited limited) {
      ctx.status(429).header("Retry-After", Long.toString(limited.retryAfter().toSeconds()));
      return true;
    }
    return false;
  }

  void close() {
    server.stop();
  }
}
