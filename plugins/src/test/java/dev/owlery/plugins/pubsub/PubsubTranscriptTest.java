package dev.owlery.plugins.pubsub;

import dev.owlery.testkit.BotScenario;
import dev.owlery.testkit.Transcript;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class PubsubTranscriptTest {

  @TestFactory
  Stream<DynamicTest> conversations() {
    return Transcript.tests(getClass(), "pubsub.md", () -> BotScenario.with(PubsubPlugin.class));
  }
}
