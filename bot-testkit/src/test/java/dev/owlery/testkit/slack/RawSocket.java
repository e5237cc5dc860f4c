package dev.owlery.testkit.slack;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A WebSocket that shows what comes. */
final class RawSocket implements WebSocket.Listener, AutoCloseable {
  private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final StringBuilder partial = new StringBuilder();
  private WebSocket socket;

  static RawSocket open(String url) {
    RawSocket made = new RawSocket();
    made.socket =
        HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(URI.create(url), made).join();
    return made;
  }

  String next() throws InterruptedException {
    String frame = frames.poll(10, TimeUnit.SECONDS);
    return frame == null ? "nothing" : frame;
  }

  boolean isClosed(Duration patience) throws InterruptedException {
    return closed.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  void say(String frame) {
    socket.sendText(frame, true).join();
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      frames.add(partial.toString());
      partial.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
    closed.countDown();
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable broken) {
    closed.countDown();
  }

  @Override
  public void close() {
    socket.abort();
  }
}
