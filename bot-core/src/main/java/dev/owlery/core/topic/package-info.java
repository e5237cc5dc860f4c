/** Topics: what is published reaches listeners, conversations and the networks' own topics once. */
@NullMarked
package dev.owlery.core.topic;

import org.jspecify.annotations.NullMarked;
