package dev.owlery.plugins.poll;

import dev.owlery.testkit.BotScenario;
import dev.owlery.testkit.Transcript;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class PollTranscriptTest {

  @TestFactory
  Stream<DynamicTest> conversations() {
    return Transcript.tests(getClass(), "poll.md", () -> BotScenario.with(PollPlugin.class));
  }
}
