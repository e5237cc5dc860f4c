package dev.owlery.launcher.config.hocon;

/**
 * An include statement.
 *
 * @param name what is included, as written
 * @param isFile whether it is a file, in contrast to an address or a resource of the class path
 * @param line its line
 */
public record Include(String name, boolean isFile, int line) {}
