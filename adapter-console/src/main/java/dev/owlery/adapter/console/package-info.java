/**
 * Chat in your terminal: the reference adapter, and the one to read first. It needs no account: the
 * person at the keyboard talks to the bot in a direct chat, or in rooms that exist as soon as
 * somebody speaks in them, and may play other people with {@code /as ann}.
 *
 * <p>On a terminal a line is edited with JLine: history, completion, colours. Without one it reads
 * standard input line by line, writes the answers to standard output and nothing else, and ends
 * with its input.
 *
 * <p>The person at the keyboard is the verified identity {@code ACCOUNT/console:local}, because
 * whoever may type here may also stop the process. Nobody else on a console is verified.
 *
 * <p>Two threads: one reads the lines and publishes the events, whoever calls {@code perform}
 * prints.
 */
@NullMarked
package dev.owlery.adapter.console;

import org.jspecify.annotations.NullMarked;
