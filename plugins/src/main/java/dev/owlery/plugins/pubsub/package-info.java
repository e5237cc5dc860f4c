/** {@code !topic}: publish-subscribe nodes from chat. */
@NullMarked
package dev.owlery.plugins.pubsub;

import org.jspecify.annotations.NullMarked;
