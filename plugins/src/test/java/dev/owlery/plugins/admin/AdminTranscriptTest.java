package dev.owlery.plugins.admin;

import dev.owlery.plugins.echo.EchoPlugin;
import dev.owlery.testkit.BotScenario;
import dev.owlery.testkit.Transcript;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class AdminTranscriptTest {

  @TestFactory
  Stream<DynamicTest> conversations() {
    return Transcript.tests(
        getClass(), "admin.md", () -> BotScenario.with(AdminPlugin.class, EchoPlugin.class));
  }
}
