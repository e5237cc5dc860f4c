/** Files and folders behind links that work a few times. */
@NullMarked
package dev.owlery.plugins.share;

import org.jspecify.annotations.NullMarked;
