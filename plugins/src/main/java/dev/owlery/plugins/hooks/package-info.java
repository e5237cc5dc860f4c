/**
 * Slack's incoming webhooks, both ways: posting to such an address, and being one for any
 * conversation on any network.
 */
@NullMarked
package dev.owlery.plugins.hooks;

import org.jspecify.annotations.NullMarked;
