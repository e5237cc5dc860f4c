package dev.owlery.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DownloadTest {

  private static final byte[] CONTENT = "0123456789".getBytes(StandardCharsets.US_ASCII);

  private static Download download(String name) {
    return new Download(
        name, CONTENT.length, "v1", Optional.of(Instant.parse("2026-11-22T08:49:37Z")));
  }

  private static HttpReply reply(ByteRange range) {
    return download("digits.txt")
        .reply(range, out -> out.write(CONTENT, (int) range.from(), (int) range.length()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          -                  | 200 | 0123456789
          bytes=0-           | 206 | 0123456789
          bytes=2-4          | 206 | 234
          Bytes= 2-4         | 206 | 234
          bytes=7-99         | 206 | 789
          bytes=-3           | 206 | 789
          bytes=-99          | 206 | 0123456789
          bytes=10-          | 416 | ''
          bytes=-0           | 416 | ''
          bytes=4-2          | 200 | 0123456789
          bytes=-            | 200 | 0123456789
          bytes=0-0,5-6      | 200 | 0123456789
          bytes=2-4x         | 200 | 0123456789
          lines=2-4          | 200 | 0123456789
          bytes=99999999999999999999-  | 200 | 0123456789
          """)
  void aPartIsWhatTheRangeSays(String range, int status, String text) throws IOException {
    HttpReply reply = reply(ByteRange.of(Optional.ofNullable(range), CONTENT.length));
    assertThat(reply.status()).isEqualTo(status);
    if (status != 416) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      reply.body().writeTo(body);
      assertThat(body.toString(StandardCharsets.US_ASCII)).isEqualTo(text);
      assertThat(reply.headers()).containsEntry("Content-Length", Integer.toString(text.length()));
    }
  }

  @Test
  void thePlaceOfAPartIsSaid() {
    assertThat(reply(ByteRange.of(Optional.of("bytes=2-4"), 10)).headers())
        .containsEntry("Content-Range", "bytes 2-4/10")
        .containsEntry("ETag", "\"v1\"")
        .containsEntry("Last-Modified", "Sun, 22 Nov 2026 08:49:37 GMT");
    assertThat(reply(ByteRange.of(Optional.of("bytes=10-"), 10)).headers())
        .containsEntry("Content-Range", "bytes */10");
    assertThat(reply(ByteRange.of(Optional.empty(), 10)).headers())
        .doesNotContainKey("Content-Range");
  }

  @Test
  void nothingOfANameGetsOutOfItsHeader() {
    String name = "a\"; b=\"c\\\r\nX-Evil: 1\u202e%41 é*'.txt";
    HttpReply reply = download(name).reply(ByteRange.of(Optional.empty(), 10), out -> {});
    assertThat(reply.headers())
        .containsEntry(
            "Content-Disposition",
            "attachment; filename=\"a_; b=_c___X-Evil: 1__41 _*'.txt\"; filename*=UTF-8''"
                + "a%22%3B%20b%3D%22c%5C%0D%0AX-Evil%3A%201%E2%80%AE%2541%20%C3%A9%2A%27.txt")
        .containsEntry("Content-Type", "application/octet-stream");
  }
}
