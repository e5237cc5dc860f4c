/**
 * Files: offers (XEP-0095, XEP-0096), bytestreams (XEP-0065, XEP-0047) and uploads (XEP-0363).
 * Builds on {@code wire}.
 */
@NullMarked
package dev.owlery.adapter.xmpp.file;

import org.jspecify.annotations.NullMarked;
