package dev.owlery.plugins.greeter;

import dev.owlery.plugins.echo.EchoPlugin;
import dev.owlery.testkit.BotScenario;
import dev.owlery.testkit.Transcript;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class GreeterTranscriptTest {

  @TestFactory
  Stream<DynamicTest> conversations() {
    return Transcript.tests(
        getClass(), "greeter.md", () -> BotScenario.with(GreeterPlugin.class, EchoPlugin.class));
  }
}
