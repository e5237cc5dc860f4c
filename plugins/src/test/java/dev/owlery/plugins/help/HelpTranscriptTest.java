package dev.owlery.plugins.help;

import dev.owlery.plugins.admin.AdminPlugin;
import dev.owlery.plugins.echo.EchoPlugin;
import dev.owlery.plugins.uptime.UptimePlugin;
import dev.owlery.testkit.BotScenario;
import dev.owlery.testkit.Transcript;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class HelpTranscriptTest {

  @TestFactory
  Stream<DynamicTest> conversations() {
    return Transcript.tests(
        getClass(),
        "help.md",
        () ->
            BotScenario.with(
                HelpPlugin.class, EchoPlugin.class, UptimePlugin.class, AdminPlugin.class));
  }
}
