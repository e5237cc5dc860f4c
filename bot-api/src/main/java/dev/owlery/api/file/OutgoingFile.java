package dev.owlery.api.file;

import dev.owlery.api.chat.Conversation;
import java.time.Instant;

/**
 * A file to be sent, as its transport sees it. Its bytes lie in the bot's spool and do not change.
 *
 * @param id the same for every attempt, over restarts too: for networks that accept a client's own
 *     id. Letters, digits and {@code -}, at most 40; tells nothing
 * @param to to whom
 * @param name a safe file name: one line, no separators, at most 200 bytes in UTF-8
 * @param mediaType what it is, {@code application/octet-stream} if that is not known
 * @param size in bytes
 * @param sha256 of all of it, 64 lower-case hexadecimal digits
 * @param madeAt when it was asked for
 * @param attempt 1 for the first
 */
public record OutgoingFile(
    String id,
    Conversation to,
    String name,
    String mediaType,
    long size,
    String sha256,
    Instant madeAt,
    int attempt) {}
