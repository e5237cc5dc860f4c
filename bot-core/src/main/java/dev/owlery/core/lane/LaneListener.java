package dev.owlery.core.lane;

/** Is told what lanes notice of plugins. Called on lane threads; must be quick. */
public interface LaneListener {

  /**
   * A plugin has failed too often in a row and is not called any more.
   *
   * @param plugin its id
   */
  void paused(String plugin);
}
