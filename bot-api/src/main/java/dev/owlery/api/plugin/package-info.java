/**
 * What a plugin is made of, and the services that its constructor may ask for.
 *
 * <p>Plugin code runs on virtual threads and may block.
 */
@NullMarked
package dev.owlery.api.plugin;

import org.jspecify.annotations.NullMarked;
