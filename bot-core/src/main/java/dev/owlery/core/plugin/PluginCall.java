package dev.owlery.core.plugin;

/** A call into a plugin's code. */
@FunctionalInterface
interface PluginCall {

  /**
   * Calls.
   *
   * @throws Throwable whatever the plugin throws
   */
  void run() throws Throwable;
}
