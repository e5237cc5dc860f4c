/** Plugins that the proofs put into the bot: some behave, some do not. */
package dev.owlery.launcher.proof.plugins;
