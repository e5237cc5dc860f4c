/** Reading XML that strangers wrote. */
@NullMarked
package dev.owlery.api.xml;

import org.jspecify.annotations.NullMarked;
