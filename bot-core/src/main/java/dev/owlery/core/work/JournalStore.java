package dev.owlery.core.work;

import dev.owlery.api.plugin.Store;
import dev.owlery.core.journal.Journal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A store in the journal. Within a handler its writes wait in the handler's unit; elsewhere each is
 * a transaction of its own. Every method may be called from any thread.
 */
public final class JournalStore implements Store {

  private static final int KEY_LIMIT = 512;
  private static final int VALUE_LIMIT = 1 << 20;

  private final Journal journal;
  private final Committer committer;
  private final String space;
  private final boolean joinsUnits;

  /**
   * Opens a space in the journal.
   *
   * @param journal where values are read
   * @param committer where changes are written
   * @param space whose: one name per plugin or account
   * @param joinsUnits whether writes within a handler wait in its unit; false for adapters, whose
   *     code may run on a handler's thread without being part of it
   */
  public JournalStore(Journal journal, Committer committer, String space, boolean joinsUnits) {
    this.journal = journal;
    this.committer = committer;
    this.space = space;
    this.joinsUnits = joinsUnits;
  }

  @Override
  public Optional<String> get(String key) {
    if (inUnit()) {
      Optional<Optional<String>> waiting = UnitOfWork.CURRENT.get().written(space, key);
      if (waiting.isPresent()) {
        return waiting.get();
      }
    }
    return journal.value(space, key);
  }

  @Override
  public void put(String key, String value) {
    if (key.length() > KEY_LIMIT) {
      throw new IllegalArgumentException("a key has at most " + KEY_LIMIT + " characters");
    }
    if (value.length() > VALUE_LIMIT) {
      throw new IllegalArgumentException("a value has at most " + VALUE_LIMIT + " characters");
    }
    write(key, Optional.of(value));
  }

  @Override
  public void remove(String key) {
    write(key, Optional.empty());
  }

  @Override
  public Map<String, String> entries(String prefix) {
    Map<String, String> all = new TreeMap<>(journal.values(space, prefix));
    if (inUnit()) {
      UnitOfWork.CURRENT.get().applyWrites(space, prefix, all);
    }
    return all;
  }

  private boolean inUnit() {
    return joinsUnits && UnitOfWork.CURRENT.isBound();
  }

  private void write(String key, Optional<String> value) {
    if (inUnit()) {
      UnitOfWork.CURRENT.get().write(space, key, value);
    } else {
      UnitOfWork alone = new UnitOfWork();
      alone.write(space, key, value);
      committer.commit(Optional.empty(), List.of(alone));
    }
  }
}
