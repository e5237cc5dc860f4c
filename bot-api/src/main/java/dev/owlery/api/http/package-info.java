/** The bot's one HTTP listener, for webhooks, links and pages. */
@NullMarked
package dev.owlery.api.http;

import org.jspecify.annotations.NullMarked;
