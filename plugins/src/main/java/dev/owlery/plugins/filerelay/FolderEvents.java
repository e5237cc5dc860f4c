package dev.owlery.plugins.filerelay;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Whether something has happened in a folder since it was last asked. What happened is of no
 * account, since whoever asks looks for himself: so nothing is lost when the system's queue
 * overflows. For one thread at a time, apart from {@link #nudge}.
 */
final class FolderEvents implements AutoCloseable {

  private final Path root;
  private final boolean deep;
  private final WatchService service;
  private volatile boolean nudged = true;

  FolderEvents(Path root, boolean deep) throws IOException {
    this.root = root;
    this.deep = deep;
    this.service = root.getFileSystem().newWatchService();
    register(root);
  }

  private void register(Path top) throws IOException {
    if (!deep) {
      watch(top);
      return;
    }
    Path _ =
        Files.walkFileTree(
            top,
            new SimpleFileVisitor<>() {
              @Override
              public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
                  throws IOException {
                watch(folder);
                return FileVisitResult.CONTINUE;
              }

              @Override
              public FileVisitResult visitFileFailed(Path file, IOException failure) {
                return FileVisitResult.CONTINUE;
              }
            });
  }

  private void watch(Path folder) throws IOException {
    WatchKey _ =
        folder.register(
            service, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
  }

  /** Makes the next answer a yes. */
  void nudge() {
    nudged = true;
  }

  /** Asks. */
  boolean changed() {
    boolean changed = nudged;
    nudged = false;
    try {
      for (WatchKey key = service.poll(); key != null; key = service.poll()) {
        changed = true;
        follow(key);
        if (!key.reset()) {
          nudged = true; // the folder is gone: look again, it may come back
        }
      }
    } catch (ClosedWatchServiceException closed) {
      return false;
    }
    return changed;
  }

  /** New folders are watched too. */
  private void follow(WatchKey key) {
    for (WatchEvent<?> event : key.pollEvents()) {
      if (deep
          && event.kind().equals(StandardWatchEventKinds.ENTRY_CREATE)
          && event.context() instanceof Path name
          && key.watchable() instanceof Path above) {
        followInto(above.resolve(name));
      } else if (deep && event.kind().equals(StandardWatchEventKinds.OVERFLOW)) {
        followInto(root);
      }
    }
  }

  private void followInto(Path folder) {
    if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      try {
        register(folder);
      } catch (IOException gone) {
        nudged = true;
      }
    }
  }

  @Override
  public void close() {
    try {
      service.close();
    } catch (IOException e) {
      nudged = false;
    }
  }
}
