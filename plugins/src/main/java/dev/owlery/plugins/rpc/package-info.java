/** Calling procedures from chat. */
@NullMarked
package dev.owlery.plugins.rpc;

import org.jspecify.annotations.NullMarked;
