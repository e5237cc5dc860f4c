package dev.owlery.core.outbox;

/** The letters of an account that wait, and those that are with its adapter. */
record QueueDepth(int waiting, int underway) {}
