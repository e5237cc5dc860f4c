package dev.owlery.adapter.irc;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.owlery.adapter.irc.IrcSettings.Sasl;
import dev.owlery.api.action.Join;
import dev.owlery.api.action.Say;
import dev.owlery.api.adapter.AccountState.Phase;
import dev.owlery.api.content.Content;
import dev.owlery.api.settings.Secret;
import dev.owlery.testkit.irc.InspIrcd;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** With every logger at its most talkative, no password is to be read anywhere. */
class SecretsTest {
  private static final String CANARY = "c4n4ry-p4ssw0rd";

  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private Level before;

  @BeforeEach
  void listen() {
    before = root.getLevel();
    root.setLevel(Level.TRACE);
    log.start();
    root.addAppender(log);
  }

  @AfterEach
  void stopListening() {
    root.detachAppender(log);
    root.setLevel(before);
  }

  @Test
  void noPasswordIsLoggedOrReported() {
    Sasl wrong =
        new Sasl("keeper", Optional.of(new Secret(CANARY)), Optional.empty(), Optional.empty());
    try (InspIrcd server = InspIrcd.startWithServices()) {
      TestAccount.With with = new TestAccount.With(server).password(CANARY);
      try (TestAccount owl = with.online()) {
        owl.perform(new Join(TestAccount.room("#nest"), Optional.of(new Secret(CANARY))));
        TestAccount.assertDelivered(
            owl.perform(
                new Say(TestAccount.direct("NickServ"), Content.of("IDENTIFY x " + CANARY))));
        assertSilent(owl, with.settings());
      }
      TestAccount.With failing = new TestAccount.With(server).password(CANARY).sasl(wrong);
      try (TestAccount owl = failing.start()) {
        owl.await("failed", any -> owl.state().phase() == Phase.FAILED);
        assertSilent(owl, failing.settings());
      }
    }
    assertThat(log.list).isNotEmpty();
  }

  private void assertSilent(TestAccount owl, IrcSettings settings) {
    String plain =
        Base64.getEncoder()
            .encodeToString(("\0keeper\0" + CANARY).getBytes(StandardCharsets.UTF_8));
    List<String> written =
        Stream.of(
                log.list.stream().map(ILoggingEvent::getFormattedMessage),
                log.list.stream().map(event -> String.valueOf(event.getThrowableProxy())),
                owl.context.states().stream().map(Object::toString),
                owl.context.events().stream().map(Object::toString),
                Stream.of(settings.toString()))
            .flatMap(each -> each)
            .toList();
    assertThat(written).noneMatch(line -> line.contains(CANARY) || line.contains(plain));
  }
}
