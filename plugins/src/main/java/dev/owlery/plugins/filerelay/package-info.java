/** Files: sent when they appear in a folder, received, sent from chat, told about. */
@NullMarked
package dev.owlery.plugins.filerelay;

import org.jspecify.annotations.NullMarked;
