package dev.owlery.plugins.feeds;

import java.net.URI;
import okio.ByteString;

/**
 * What a server answered.
 *
 * @param fresh false if nothing has changed since the last time
 * @param from the address that answered, after redirects
 * @param type the media type; may be empty
 * @param body the whole body
 * @param tag its entity tag (RFC 9110 section 8.8.3); may be empty
 * @param modified when it was changed (RFC 9110 section 8.8.2), as the server writes it; may be
 *     empty
 */
record FetchedDocument(
    boolean fresh, URI from, String type, ByteString body, String tag, String modified) {}
