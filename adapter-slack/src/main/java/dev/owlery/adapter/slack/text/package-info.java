/** Text, cards and forms as Slack writes them. Knows only the API. */
@NullMarked
package dev.owlery.adapter.slack.text;

import org.jspecify.annotations.NullMarked;
