/**
 * Each feature of the assembled bot tried on each server, as installed and crippled; the peers'
 * clients judge. {@code make matrix} runs all of it and writes {@code docs/matrix.md}; a short form
 * runs with every build.
 */
package dev.owlery.launcher.matrix;
