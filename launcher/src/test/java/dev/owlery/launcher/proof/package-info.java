/**
 * End-to-end proofs: the packaged bot as a process of its own, real servers, and a judge who sees
 * only what a user would see. A short form runs with every build; {@code make soak} runs the full
 * one.
 */
package dev.owlery.launcher.proof;
