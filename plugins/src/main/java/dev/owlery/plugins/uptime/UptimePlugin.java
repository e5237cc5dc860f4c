package dev.owlery.plugins.uptime;

import dev.owlery.api.plugin.Administration;
import dev.owlery.api.plugin.Plugin;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.incendo.cloud.annotations.Command;
import org.incendo.cloud.annotations.CommandDescription;
import org.incendo.cloud.annotations.Permission;

/** Tells how long the bot has been running. Stateless; may be called from any thread. */
public final class UptimePlugin implements Plugin {

  private final Administration administration;

  @Inject
  UptimePlugin(Administration administration) {
    this.administration = administration;
  }

  /**
   * Tells how long the bot has been running.
   *
   * @return one line
   */
  @Command("uptime")
  @Permission("view")
  @CommandDescription("Tells how long the bot has been running")
  public String uptime() {
    return "up " + spoken(administration.health().uptime());
  }

  private static String spoken(Duration uptime) {
    List<String> parts = new ArrayList<>();
    add(parts, uptime.toDays(), "d");
    add(parts, uptime.toHoursPart(), "h");
    add(parts, uptime.toMinutesPart(), "min");
    add(parts, uptime.toSecondsPart(), "s");
    return parts.isEmpty() ? "0 s" : String.join(" ", parts);
  }

  private static void add(List<String> parts, long amount, String unit) {
    if (amount > 0) {
      parts.add(amount + " " + unit);
    }
  }
}
