/** How long the bot has been running: {@code !uptime}. */
@NullMarked
package dev.owlery.plugins.uptime;

import org.jspecify.annotations.NullMarked;
