package dev.owlery.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What browsers open is an address, and no more than that. */
class WebAddressTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "https://a.example/x?y#z, https://a.example/x?y#z",
        "HTTPS://A.example/x%20y, HTTPS://A.example/x%20y",
        "https://some_blog.example.org/1, https://some_blog.example.org/1",
        "https://a.example/a|b, https://a.example/a%7Cb",
        "https://a.example/{x}?q=a|b, https://a.example/%7Bx%7D?q=a%7Cb",
        "https://a.example/100%, https://a.example/100%25",
        "https://a.example/100%zz%41, https://a.example/100%25zz%41",
        "https://b\u00fccher.example/\u00e9, https://xn--bcher-kva.example/%C3%A9",
        "https://\u043f\u043e\u0447\u0442\u0430.example:8443/,"
            + " https://xn--80a1acny.example:8443/",
        "https://a.example/\ud83e\udd89, https://a.example/%F0%9F%A6%89",
        "https:\\\\a.example\\b\\c, https://a.example/b/c",
        "https://a.example:/x y, https://a.example/x%20y",
        "https://a.example/[x], https://a.example/%5Bx%5D",
        "https://a.example/#a#b, https://a.example/#a%23b",
        "http://[2001:db8::1]:80/a|, http://[2001:db8::1]:80/a%7C"
      })
  void whatBrowsersUnderstandIsAnAddress(String written, String meant) {
    assertThat(WebAddress.of(written)).contains(URI.create(meant));
    assertThat(WebAddress.of("\n  " + written + "\t")).contains(URI.create(meant));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "javascript:alert(1)",
        "ftp://a.example/",
        "mailto:a@b.example",
        "https://",
        "https://ann:secret@a.example/",
        "https://ann@some_blog.example/",
        "https://a b.example/",
        "https://a..b/",
        "https://a.example:99999/|",
        "https://a.example:x/",
        "https://[::1/",
        "https://<b>/",
        "data:text/html,x"
      })
  void whatIsNoAddressOfTheWebIsNone(String written) {
    assertThat(WebAddress.of(written)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "posts/1, https://a.example/blog/posts/1",
        "/posts/1, https://a.example/posts/1",
        "../x|y, https://a.example/x%7Cy",
        "../../../x, https://a.example/x",
        "./, https://a.example/blog/",
        "?p=1, https://a.example/blog/feed.xml?p=1",
        "#top, https://a.example/blog/feed.xml?q=/#top",
        "//some_blog.example/1, https://some_blog.example/1",
        "http://b.example, http://b.example",
        "a?x=../y, https://a.example/blog/a?x=../y"
      })
  void referencesGoOnFromWhereTheyWereWritten(String reference, String meant) {
    assertThat(WebAddress.of(reference, URI.create("https://a.example/blog/feed.xml?q=/")))
        .contains(URI.create(meant));
  }

  @Test
  void aReferenceGoesOnFromAHostWithoutAPath() {
    assertThat(WebAddress.of("posts/1", URI.create("https://a_b.example")))
        .contains(URI.create("https://a_b.example/posts/1"));
    assertThat(WebAddress.of("", URI.create("https://a.example/x#y")))
        .contains(URI.create("https://a.example/x"));
  }

  @Test
  void hostsAreToldWhateverTheyAreCalled() {
    assertThat(WebAddress.host(URI.create("https://some_blog.example:8443/1")))
        .isEqualTo("some_blog.example");
    assertThat(WebAddress.host(URI.create("https://[2001:db8::1]:80/"))).isEqualTo("2001:db8::1");
    assertThat(WebAddress.host(URI.create("mailto:x"))).isEmpty();
  }

  @Test
  void addressesHaveALength() {
    assertThat(WebAddress.of("https://a.example/" + "x".repeat(1_982))).isPresent();
    assertThat(WebAddress.of("https://a.example/" + "x".repeat(1_983))).isEmpty();
  }
}
