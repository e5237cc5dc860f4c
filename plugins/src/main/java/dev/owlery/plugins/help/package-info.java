/** What the bot can do, and why it will or will not do it for you: {@code !help}, {@code !why}. */
@NullMarked
package dev.owlery.plugins.help;

import org.jspecify.annotations.NullMarked;
