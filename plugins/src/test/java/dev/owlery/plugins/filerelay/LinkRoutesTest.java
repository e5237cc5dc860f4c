package dev.owlery.plugins.filerelay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.file.OutgoingFile;
import dev.owlery.core.http.HttpRoutes;
import dev.owlery.core.lane.Incidents;
import dev.owlery.testkit.FakeHttp;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What whoever follows a link is answered, at each moment of its life. */
@Timeout(60)
class LinkRoutesTest {

  private static final byte[] TEXT = "0123456789".getBytes(StandardCharsets.UTF_8);
  private static final String LINK = "/transfer/abc";

  private final FakeHttp http = new FakeHttp();
  private final HttpRoutes port = new HttpRoutes(new Incidents());
  private final LinkRoutes routes = new LinkRoutes(port.of("plugin file-relay"));

  @BeforeEach
  void openPort() {
    port.listen(http);
    port.begin();
    assertThat(routes.open()).isTrue();
  }

  @AfterEach
  void closePort() {
    port.close();
  }

  private LinkRoutes.Offer offer(int attempt) {
    routes.expect("abc");
    OutgoingFile file =
        new OutgoingFile(
            "id1",
            Conversation.direct(new AccountId("here"), "ann"),
            "digits.txt",
            "text/plain",
            TEXT.length,
            "0f3c",
            Instant.EPOCH,
            attempt);
    return routes.offer(
        "abc",
        file,
        from -> new ByteArrayInputStream(Arrays.copyOfRange(TEXT, (int) from, TEXT.length)));
  }

  private FakeHttp.Reply part(String range) {
    return http.request("GET", LINK).header("Range", "bytes=" + range).send();
  }

  private CompletableFuture<Integer> receipt(String text) {
    return CompletableFuture.supplyAsync(() ->
        http.request("POST", LINK).body(text.getBytes(StandardCharsets.UTF_8)).send().status());
  }

  private static boolean isFetched(LinkRoutes.Offer offer) throws InterruptedException {
    return offer.await(Duration.ZERO).isEmpty();
  }

  @Test
  void
      a_link_that_was_told_is_to_be_asked_for_again_until_its_file_is_offered_and_then_until_it_ends()
          throws Exception {
    assertThat(http.get(LINK).status()).isEqualTo(410);
    routes.expect("abc");
    assertThat(http.get(LINK).status()).isEqualTo(503);
    assertThat(http.get(LINK).headers()).containsKey("Retry-After");
    assertThat(receipt("received 0f3c").get(20, TimeUnit.SECONDS)).isEqualTo(503);
    try (LinkRoutes.Offer _ = offer(2)) {
      assertThat(http.get(LINK).text()).isEqualTo("0123456789");
    }
    assertThat(http.get(LINK).status()).isEqualTo(503);
    routes.forget("abc");
    assertThat(http.get(LINK).status()).isEqualTo(410);
    assertThat(receipt("received 0f3c").get(20, TimeUnit.SECONDS)).isEqualTo(410);
  }

  @Test
  void a_receipt_is_answered_when_a_crash_cannot_undo_it_any_more() throws Exception {
    LinkRoutes.Offer offer = offer(1);
    assertThat(receipt("something else").get(20, TimeUnit.SECONDS)).isEqualTo(400);
    CompletableFuture<Integer> answer = receipt("received 0f3c");
    assertThat(offer.await(Duration.ofSeconds(20))).isEmpty();
    offer.close();
    assertThat(answer).isNotDone();
    routes.forget("abc");
    assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo(204);
  }

  @Test
  void a_person_ends_a_link_by_fetching_all_of_it_in_one_or_in_several_pieces() throws Exception {
    try (LinkRoutes.Offer offer = offer(1)) {
      assertThat(part("-3").text()).isEqualTo("789");
      assertThat(isFetched(offer)).isFalse();
      assertThat(part("0-5").text()).isEqualTo("012345");
      assertThat(isFetched(offer)).isFalse();
      assertThat(part("4-").text()).isEqualTo("456789");
      assertThat(isFetched(offer)).isTrue();
    }
    try (LinkRoutes.Offer offer = offer(1)) {
      assertThat(http.get(LINK).text()).isEqualTo("0123456789");
      assertThat(isFetched(offer)).isTrue();
    }
  }

  @Test
  void after_a_restart_whoever_fetches_the_end_has_fetched_all() throws Exception {
    try (LinkRoutes.Offer offer = offer(2)) {
      assertThat(part("0-5").text()).isEqualTo("012345");
      assertThat(isFetched(offer)).isFalse();
      assertThat(part("6-").text()).isEqualTo("6789");
      assertThat(isFetched(offer)).isTrue();
    }
  }
}
