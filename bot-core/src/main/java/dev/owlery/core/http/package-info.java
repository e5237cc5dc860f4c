/** The routes of plugins and adapters behind the bot's one HTTP listener. */
@NullMarked
package dev.owlery.core.http;

import org.jspecify.annotations.NullMarked;
