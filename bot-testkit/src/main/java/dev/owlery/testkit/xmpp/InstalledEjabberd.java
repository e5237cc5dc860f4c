package dev.owlery.testkit.xmpp;

import dev.owlery.testkit.net.InstalledConfiguration;
import dev.owlery.testkit.net.LoopbackPorts;
import dev.owlery.testkit.net.TestCertificates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** The configuration that Debian's package of ejabberd installs, on other ports and paths. */
final class InstalledEjabberd {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private InstalledEjabberd() {}

  static String text(List<Path> certificates, int plain, int tls, int api) {
    String text = InstalledConfiguration.read(InstalledConfiguration.EJABBERD);
    String files =
        certificates.stream().map(file -> "  - \"" + file + "\"\n").collect(Collectors.joining());
    text =
        InstalledConfiguration.replace(text, "(?m)^  - \"/etc/ejabberd/ejabberd\\.pem\"\n", files);
    text = InstalledConfiguration.replace(text, "ip: \"::\"", "ip: \"127.0.0.1\"");
    // So that the tests can make accounts.
    text =
        InstalledConfiguration.replace(
            text,
            "(?m)^      - connected_users_number$",
            "      - connected_users_number\n      - register");
    text = port(text, 5222, plain);
    text = port(text, 5223, tls);
    text = port(text, 5443, api);
    for (int other : List.of(5269, 5280, 3478, 1883)) {
      text = port(text, other, LoopbackPorts.reserve());
    }
    return text;
  }

  private static String port(String text, int installed, int ours) {
    return InstalledConfiguration.replace(
        text, "(?m)^    port: " + installed + "$", "    port: " + ours);
  }

  /** By its API, which takes this order from the loopback address. */
  static void makeAccount(TestCertificates certificates, int port, String user, String password) {
    String order =
        "{\"user\":\"%s\",\"host\":\"localhost\",\"password\":\"%s\"}".formatted(user, password);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/api/register"))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(order))
            .build();
    try (HttpClient client =
        HttpClient.newBuilder().sslContext(certificates.clientContext()).build()) {
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new AssertionError("the server does not register " + user + ": " + answer.body());
      }
    } catch (IOException failed) {
      throw new UncheckedIOException("the server does not register " + user, failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }
}
