/**
 * What an extension of an account sees of its connection: the link, the settings, who is who, and
 * what the server offers. Builds on {@code text}.
 */
@NullMarked
package dev.owlery.adapter.xmpp.link;

import org.jspecify.annotations.NullMarked;
