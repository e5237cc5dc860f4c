/**
 * Procedures: methods of plugins that other bots and programs call, and those of others that a
 * plugin calls. Their values are those of XML-RPC, whatever network carries them.
 */
@NullMarked
package dev.owlery.api.procedure;

import org.jspecify.annotations.NullMarked;
