/** What networks have stored for the bot while it was away, from chat. */
@NullMarked
package dev.owlery.plugins.offline;

import org.jspecify.annotations.NullMarked;
