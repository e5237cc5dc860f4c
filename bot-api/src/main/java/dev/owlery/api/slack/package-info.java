/** What only Slack can do, for plugins that are made for Slack. */
@NullMarked
package dev.owlery.api.slack;

import org.jspecify.annotations.NullMarked;
