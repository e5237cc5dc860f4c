/** Feeds: RSS, Atom and JSON Feed become items of topics. */
@NullMarked
package dev.owlery.plugins.feeds;

import org.jspecify.annotations.NullMarked;
