/** From a message to a command and its answer: the grammar is the cloud framework's. */
@NullMarked
package dev.owlery.core.command;

import org.jspecify.annotations.NullMarked;
