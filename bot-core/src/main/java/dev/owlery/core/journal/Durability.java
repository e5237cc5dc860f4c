package dev.owlery.core.journal;

/** What a recorded event or a committed unit of work survives. */
public enum Durability {
  /** Nothing: see {@link MemoryJournal}. */
  OFF,
  /** The death of the process, also by {@code kill -9}. */
  CRASH,
  /** A power cut too: each group of changes is forced onto the disk. */
  POWER
}
