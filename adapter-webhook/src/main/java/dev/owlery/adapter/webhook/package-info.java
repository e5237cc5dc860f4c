/** Webhooks out: an account that posts what is published on its topics to an address of the web. */
@NullMarked
package dev.owlery.adapter.webhook;

import org.jspecify.annotations.NullMarked;
