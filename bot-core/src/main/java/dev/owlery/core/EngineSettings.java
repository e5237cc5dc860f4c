package dev.owlery.core;

import dev.owlery.core.command.CommandSettings;
import dev.owlery.core.file.TransferSettings;
import dev.owlery.core.lane.Lanes.LaneSettings;
import dev.owlery.core.outbox.OutboxSettings;
import dev.owlery.core.procedure.ProcedureSettings;
import dev.owlery.core.topic.TopicSettings;
import java.util.List;

/**
 * What the engine needs to know.
 *
 * @param name what the bot is called
 * @param version the program's version
 * @param notices addresses that are told when a plugin is paused, an action given up or an event
 *     put aside; may be empty
 * @param commandsPerMinute how many commands one member may call; 0 for no limit
 * @param failureLimit how many failures in a row pause a plugin; 0 for never
 * @param commands how commands are read
 * @param lanes how lanes behave
 * @param outbox how long actions are tried
 * @param procedures who may call procedures
 * @param topics where topics are told
 * @param files how files are carried
 */
public record EngineSettings(
    String name,
    String version,
    List<String> notices,
    int commandsPerMinute,
    int failureLimit,
    CommandSettings commands,
    LaneSettings lanes,
    OutboxSettings outbox,
    ProcedureSettings procedures,
    TopicSettings topics,
    TransferSettings files) {

  /** Copies the list. */
  public EngineSettings {
    notices = List.copyOf(notices);
  }
}
