package dev.owlery.api.command;

/**
 * A declared command, for help and completion.
 *
 * @param name the words that call it, for example {@code plugin load}
 * @param syntax name and arguments, {@code <required>} and {@code [optional]}, as a person would
 *     type them
 * @param description one line; may be empty
 * @param permission what the caller must have been granted; empty if everybody may call it
 * @param plugin the plugin that declares it
 */
public record CommandInfo(
    String name, String syntax, String description, String permission, String plugin) {}
