/** The rights of files: one notion of "for its owner only". */
@NullMarked
package dev.owlery.core.rights;

import org.jspecify.annotations.NullMarked;
