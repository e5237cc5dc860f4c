/** Files to and from Slack. Builds on {@code chat}. */
@NullMarked
package dev.owlery.adapter.slack.files;

import org.jspecify.annotations.NullMarked;
