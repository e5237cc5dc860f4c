/**
 * The echo race: Owlery beside a bare PircBotX, on the same server, under the same load, in one
 * run. Run by {@code make race}.
 */
@NullMarked
package dev.owlery.benchmarks.echo;

import org.jspecify.annotations.NullMarked;
