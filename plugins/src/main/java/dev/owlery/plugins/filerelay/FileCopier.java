package dev.owlery.plugins.filerelay;

import dev.owlery.api.folder.FolderEntry;
import dev.owlery.api.folder.NewFile;
import dev.owlery.api.folder.SafeFile;
import dev.owlery.api.folder.SafeFolder;
import dev.owlery.api.folder.SafeName;
import java.io.IOException;
import java.util.UUID;

/** Copies a file from one folder into another, also on another disk. */
final class FileCopier {

  private FileCopier() {}

  static void copy(SafeFolder from, FolderEntry entry, SafeFolder to) throws IOException {
    try (SafeFile file = from.read(entry.path());
        NewFile copy = to.create(UUID.randomUUID().toString())) {
      long size = file.channel().size();
      for (long at = 0; at < size; ) {
        long moved = file.channel().transferTo(at, size - at, copy.channel());
        if (moved <= 0) {
          break;
        }
        at += moved;
      }
      if (copy.size() != entry.size() || !file.isUnchanged()) {
        copy.discard();
        throw new IOException("it changes at this moment");
      }
      SafeName _ = copy.keep(entry.name());
    }
  }
}
