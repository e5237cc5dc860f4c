package dev.owlery.plugins.topics;

import dev.owlery.testkit.BotScenario;
import dev.owlery.testkit.Transcript;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class TopicsTranscriptTest {

  @TestFactory
  Stream<DynamicTest> conversations() {
    return Transcript.tests(
        getClass(),
        "topics.md",
        () ->
            BotScenario.with(TopicsPlugin.class)
                .grant("everyone", "view", "topics.*")
                .grant("nobody")
                .topic("routed.**", "here/#dev"));
  }
}
