/**
 * Text as XMPP carries it: message styling, XHTML-IM and plain bodies, and words for people about
 * errors. Knows only the API.
 */
@NullMarked
package dev.owlery.adapter.xmpp.text;

import org.jspecify.annotations.NullMarked;
