/** The bot's one port for HTTP: Javalin on Jetty, started when the first route appears. */
@NullMarked
package dev.owlery.web;

import org.jspecify.annotations.NullMarked;
