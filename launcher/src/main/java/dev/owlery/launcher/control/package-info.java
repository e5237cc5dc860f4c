/**
 * The control socket: the way in for whoever owns the bot's process, while it runs. A Unix domain
 * socket in the data directory, for the bot's own user and root. Lines of JSON in both directions:
 *
 * <p>A client asks once, for example {@code {"verb":"command","line":"health","asks":false}}. The
 * bot answers with {@code {"say":TEXT}}, {@code {"error":TEXT}}, {@code {"ask":TITLE,"fields":...}}
 * and, while nothing else is to be said, {@code {"wait":true}}; at last with {@code {"end":CODE}}.
 */
@NullMarked
package dev.owlery.launcher.control;

import org.jspecify.annotations.NullMarked;
