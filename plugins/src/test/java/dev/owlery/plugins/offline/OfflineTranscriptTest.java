package dev.owlery.plugins.offline;

import dev.owlery.testkit.BotScenario;
import dev.owlery.testkit.Transcript;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class OfflineTranscriptTest {

  @TestFactory
  Stream<DynamicTest> conversations() {
    return Transcript.tests(getClass(), "offline.md", () -> BotScenario.with(OfflinePlugin.class));
  }
}
