/** The accounts: each adapter with its state, and the core's side of it. */
@NullMarked
package dev.owlery.core.account;

import org.jspecify.annotations.NullMarked;
