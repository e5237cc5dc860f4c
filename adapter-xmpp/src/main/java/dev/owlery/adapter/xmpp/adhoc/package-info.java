/**
 * The bot's commands as ad-hoc commands (XEP-0050) with data forms (XEP-0004). Builds on {@code
 * wire}.
 */
@NullMarked
package dev.owlery.adapter.xmpp.adhoc;

import org.jspecify.annotations.NullMarked;
