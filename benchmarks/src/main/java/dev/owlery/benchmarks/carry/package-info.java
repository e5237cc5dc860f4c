/**
 * One large file from bot to bot, beside {@code cat} through a plain socket on the same disk in the
 * same run. Run by {@code make carry}.
 */
@NullMarked
package dev.owlery.benchmarks.carry;

import org.jspecify.annotations.NullMarked;
