/**
 * What a command method meets when somebody calls it. Commands are declared with the annotations of
 * the cloud command framework ({@code org.incendo.cloud.annotations}); a parameter of type {@link
 * dev.owlery.api.command.CommandCall} receives the call itself.
 */
@NullMarked
package dev.owlery.api.command;

import org.jspecify.annotations.NullMarked;
