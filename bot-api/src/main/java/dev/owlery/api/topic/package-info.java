/**
 * Topics: named channels for notifications, over all networks at once. What IRC calls a room's
 * topic is its subject here.
 */
@NullMarked
package dev.owlery.api.topic;

import org.jspecify.annotations.NullMarked;
