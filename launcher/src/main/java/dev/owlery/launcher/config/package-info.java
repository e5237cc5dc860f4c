/**
 * Configuration: HOCON read into records, strictly. {@link
 * dev.owlery.launcher.config.ConfigurationReader} is the entry; whatever is wrong is collected as
 * {@link dev.owlery.launcher.config.ConfigFault}s, all of them before anything starts.
 */
@NullMarked
package dev.owlery.launcher.config;

import org.jspecify.annotations.NullMarked;
