/**
 * How configuration reaches records: the record's components are the keys, its constructor checks
 * them, and every fault is reported with its place.
 */
@NullMarked
package dev.owlery.api.settings;

import org.jspecify.annotations.NullMarked;
