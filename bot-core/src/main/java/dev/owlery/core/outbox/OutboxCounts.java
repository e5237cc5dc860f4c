package dev.owlery.core.outbox;

/**
 * How an outbox stands: the first two now, the others since the start.
 *
 * @param waiting actions that no adapter has been given, or that have come back from one
 * @param underway actions that adapters have been given and have not settled yet
 * @param settled actions that were settled, refused ones included
 * @param retried attempts that certainly failed and were repeated
 * @param resent doubtful actions that were sent again although they may have been sent before
 * @param lost doubtful actions that were given up although they may not have been sent
 * @param dead actions that became dead letters, the lost ones included
 * @param unconfirmed actions that were settled as delivered although the network cannot tell
 */
public record OutboxCounts(
    long waiting,
    long underway,
    long settled,
    long retried,
    long resent,
    long lost,
    long dead,
    long unconfirmed) {}
