/** What never reaches a plugin: the bot's own words, loops, floods. */
@NullMarked
package dev.owlery.core.filter;

import org.jspecify.annotations.NullMarked;
