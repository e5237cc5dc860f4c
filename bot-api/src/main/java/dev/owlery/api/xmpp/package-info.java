/** Doors to what only XMPP can do. */
@NullMarked
package dev.owlery.api.xmpp;

import org.jspecify.annotations.NullMarked;
