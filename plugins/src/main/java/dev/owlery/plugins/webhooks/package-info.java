/** Webhooks: what code hosts and other programs post becomes items of topics. */
@NullMarked
package dev.owlery.plugins.webhooks;

import org.jspecify.annotations.NullMarked;
