package dev.owlery.plugins.echo;

import dev.owlery.testkit.BotScenario;
import dev.owlery.testkit.Transcript;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class EchoTranscriptTest {

  @TestFactory
  Stream<DynamicTest> conversations() {
    return Transcript.tests(getClass(), "echo.md", () -> BotScenario.with(EchoPlugin.class));
  }
}
