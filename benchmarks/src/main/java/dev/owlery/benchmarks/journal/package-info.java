/** What the journal and the outbox cost: events recorded, units committed, actions settled. */
@NullMarked
package dev.owlery.benchmarks.journal;

import org.jspecify.annotations.NullMarked;
