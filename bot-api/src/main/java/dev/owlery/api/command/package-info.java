/**
 * What a command method meets when somebody calls it. Commands are declared with the annotations of
 * the cloud command framework ({@code org.incendo.cloud.annotations}); a parameter of type {@link
 * dev.owlery.api.command.CommandCall} receives the call itself.
 *
 * <p>A command returns nothing, a {@code String} (plain text), {@link dev.owlery.api.content.Text},
 * {@link dev.owlery.api.content.Content} or a {@link dev.owlery.api.content.Card}, or an {@code
 * Optional}, a {@code CompletionStage} (waited for), a {@code Stream} or an {@code Iterable} of
 * these (one message each).
 *
 * <p>{@code @Permission} names what the caller must have been granted; harmless commands say {@code
 * "view"}. Without it a command takes the permission {@code PLUGIN.WORD}, of the plugin's id and
 * the command's first word, which nobody has unless it is granted.
 */
@NullMarked
package dev.owlery.api.command;

import org.jspecify.annotations.NullMarked;
