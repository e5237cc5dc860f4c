/** Measurements, named after the question that each answers. Run by {@code make bench}. */
@NullMarked
package dev.owlery.benchmarks;

import org.jspecify.annotations.NullMarked;
