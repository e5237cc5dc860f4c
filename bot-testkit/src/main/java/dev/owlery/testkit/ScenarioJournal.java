package dev.owlery.testkit;

import dev.owlery.core.journal.Journal;

/** A journal that outlives the bot of a scenario. */
interface ScenarioJournal {

  /** Opens it for one start of the bot, with what the start before left. */
  Journal open();

  /** Ends the present start in the middle: what it writes from here on is not written. */
  void cut();

  void close();
}
