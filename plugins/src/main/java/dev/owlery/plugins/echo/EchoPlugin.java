package dev.owlery.plugins.echo;

import dev.owlery.api.plugin.Plugin;
import jakarta.inject.Inject;
import org.incendo.cloud.annotation.specifier.Greedy;
import org.incendo.cloud.annotations.Argument;
import org.incendo.cloud.annotations.Command;
import org.incendo.cloud.annotations.CommandDescription;
import org.incendo.cloud.annotations.Permission;

/** Repeats what it is told. Stateless; may be called from any thread. */
public final class EchoPlugin implements Plugin {

  @Inject
  EchoPlugin() {}

  /**
   * Repeats the message.
   *
   * @param message what to say
   * @return the same
   */
  @Command("echo <message>")
  @Permission("view")
  @CommandDescription("Repeats the message")
  public String echo(@Argument("message") @Greedy String message) {
    return message;
  }
}
