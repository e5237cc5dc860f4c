package dev.owlery.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.owlery.testkit.net.OtherPrograms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * The browser, without a window, with a profile of its own, driven by its DevTools protocol. It
 * knows no host but this machine.
 */
final class Chromium implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<JsonNode> heard = new ArrayList<>();
  private final Process process;
  private final Path downloads;
  private final WebSocket socket;
  private int calls;

  /**
   * What a tab shows.
   *
   * @param status of the answer
   * @param text as it is to be read
   */
  record Page(int status, String text) {}

  private Chromium(Process process, Path downloads, URI door) {
    this.process = process;
    this.downloads = downloads;
    this.socket = http.newWebSocketBuilder().buildAsync(door, new Ear()).join();
    JsonNode _ =
        call(
            "Browser.setDownloadBehavior",
            Optional.empty(),
            JSON.createObjectNode()
                .put("behavior", "allow")
                .put("downloadPath", downloads.toString())
                .put("eventsEnabled", true));
  }

  /**
   * Starts it.
   *
   * @param folder its profile and what it saves go below
   */
  static Chromium start(Path folder) throws IOException {
    OtherPrograms.orSkip();
    Path profile = Files.createDirectory(folder.resolve("profile"));
    Path downloads = Files.createDirectory(folder.resolve("downloads"));
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    ProcessBuilder builder =
        new ProcessBuilder(
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-proxy-server",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("chromium.txt").toFile());
    builder.environment().put("TMPDIR", temporary.toString());
    Process process = builder.start();
    try {
      return new Chromium(process, downloads, door(process, profile));
    } catch (RuntimeException | Error failed) {
      end(process);
      throw failed;
    }
  }

  /** It writes down on which port it listens, and the path. */
  private static URI door(Process process, Path profile) {
    Path note = profile.resolve("DevToolsActivePort");
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline && process.isAlive()) {
      try {
        List<String> lines = Files.exists(note) ? Files.readAllLines(note) : List.of();
        if (lines.size() == 2) {
          return URI.create("ws://127.0.0.1:" + lines.getFirst() + lines.getLast());
        }
      } catch (IOException beingWritten) {
        throw new UncheckedIOException(beingWritten);
      }
      LockSupport.parkNanos(20_000_000);
    }
    throw new AssertionError("chromium does not start; see chromium.txt in its folder");
  }

  /**
   * Goes to an address that is saved rather than shown.
   *
   * @return what was saved
   */
  Path download(String link) {
    int before = heard().size();
    JsonNode _ =
        call("Target.createTarget", Optional.empty(), JSON.createObjectNode().put("url", link));
    JsonNode begun =
        await(
            "a download of " + link,
            before,
            event -> event.path("method").asText().equals("Browser.downloadWillBegin"));
    String id = begun.at("/params/guid").asText();
    JsonNode ended =
        await(
            "the end of the download of " + link,
            before,
            event ->
                event.path("method").asText().equals("Browser.downloadProgress")
                    && event.at("/params/guid").asText().equals(id)
                    && !event.at("/params/state").asText().equals("inProgress"));
    if (!ended.at("/params/state").asText().equals("completed")) {
      throw new AssertionError("the browser saves nothing: " + ended);
    }
    return downloads.resolve(begun.at("/params/suggestedFilename").asText());
  }

  /** Goes to an address that is shown. */
  Page page(String link) {
    ObjectNode blank = JSON.createObjectNode().put("url", "about:blank");
    String tab = call("Target.createTarget", Optional.empty(), blank).path("targetId").asText();
    ObjectNode attach = JSON.createObjectNode().put("targetId", tab).put("flatten", true);
    Optional<String> session =
        Optional.of(
            call("Target.attachToTarget", Optional.empty(), attach).path("sessionId").asText());
    JsonNode _ = call("Page.enable", session, JSON.createObjectNode());
    int before = heard().size();
    JsonNode _ = call("Page.navigate", session, JSON.createObjectNode().put("url", link));
    JsonNode _ =
        await(
            link,
            before,
            event ->
                event.path("method").asText().equals("Page.loadEventFired")
                    && event.path("sessionId").asText().equals(session.get()));
    String status = "performance.getEntriesByType('navigation')[0].responseStatus";
    return new Page(
        evaluate(session, status).asInt(), evaluate(session, "document.body.innerText").asText());
  }

  private JsonNode evaluate(Optional<String> session, String expression) {
    ObjectNode asked = JSON.createObjectNode().put("expression", expression);
    return call("Runtime.evaluate", session, asked).at("/result/value");
  }

  private JsonNode call(String method, Optional<String> session, ObjectNode parameters) {
    int id = ++calls;
    ObjectNode call = JSON.createObjectNode().put("id", id).put("method", method);
    session.ifPresent(name -> call.put("sessionId", name));
    call.set("params", parameters);
    WebSocket _ = socket.sendText(call.toString(), true).join();
    JsonNode answer = await(method, 0, message -> message.path("id").asInt() == id);
    if (answer.has("error")) {
      throw new AssertionError(method + ": " + answer);
    }
    return answer.path("result");
  }

  private List<JsonNode> heard() {
    synchronized (heard) {
      return List.copyOf(heard);
    }
  }

  private JsonNode await(String what, int from, Predicate<JsonNode> wanted) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      List<JsonNode> all = heard();
      Optional<JsonNode> found = all.subList(from, all.size()).stream().filter(wanted).findFirst();
      if (found.isPresent()) {
        return found.get();
      }
      LockSupport.parkNanos(10_000_000);
    }
    throw new AssertionError("waited in vain for " + what + ", heard " + heard());
  }

  @Override
  public void close() {
    socket.abort();
    http.shutdownNow();
    end(process);
  }

  /** With the processes that it has started. */
  private static void end(Process browser) {
    List<ProcessHandle> all = browser.descendants().toList();
    browser.destroyForcibly();
    all.forEach(ProcessHandle::destroyForcibly);
    try {
      boolean _ = browser.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    all.forEach(child -> child.onExit().completeOnTimeout(child, 10, TimeUnit.SECONDS).join());
  }

  /** Puts messages together. */
  private final class Ear implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        try {
          JsonNode message = JSON.readTree(text.toString());
          synchronized (heard) {
            heard.add(message);
          }
        } catch (IOException notJson) {
          throw new UncheckedIOException(notJson);
        }
        text.setLength(0);
      }
      from.request(1);
      return CompletableFuture.completedStage(null);
    }
  }
}
