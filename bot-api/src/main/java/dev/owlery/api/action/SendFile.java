package dev.owlery.api.action;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.content.FileRef;
import dev.owlery.api.content.Text;

/**
 * Sends a file.
 *
 * @param where to whom
 * @param file what to send; its location is a {@code file:} address
 * @param caption what to say with it; may be empty
 */
public record SendFile(Conversation where, FileRef file, Text caption) implements Action {}
