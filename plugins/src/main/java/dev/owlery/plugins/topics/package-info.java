/** Topics from chat: subscribe, unsubscribe, publish. */
@NullMarked
package dev.owlery.plugins.topics;

import org.jspecify.annotations.NullMarked;
