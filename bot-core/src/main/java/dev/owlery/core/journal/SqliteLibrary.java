package dev.owlery.core.journal;

import dev.owlery.core.rights.FileRights;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * SQLite's native library, in a file that stays. Left to itself the driver unpacks a copy into the
 * temporary folder at each start, and nobody removes those of processes that were killed.
 *
 * <p>The process loads the library once. Where that file cannot be loaded, because no program may
 * run from there, the driver still unpacks its copy.
 */
final class SqliteLibrary {

  private static final Logger log = LoggerFactory.getLogger(SqliteLibrary.class);

  /** Where the driver looks first. {@code ./owlery} sets it to where its build has put a copy. */
  private static final String PATH = "org.sqlite.lib.path";

  private static final String FOLDER = "native";

  private SqliteLibrary() {}

  /**
   * Lets the driver take the library from a folder of the data directory, unless it has one
   * already. Call it before the first connection, with the directory locked.
   */
  static void prepare(Path directory) {
    String name = LibraryLoaderUtil.getNativeLibName();
    String given = System.getProperty(PATH, "");
    if (!given.isEmpty() && Files.isReadable(Path.of(given, name))) {
      return;
    }
    String packed = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
    try (InputStream library = SQLiteJDBCLoader.class.getResourceAsStream(packed)) {
      if (library == null) {
        return; // a machine for which the driver brings none
      }
      Path folder = directory.resolve(FOLDER).toAbsolutePath();
      Files.createDirectories(folder, FileRights.ownerOnly(directory, true));
      keep(folder.resolve(name), library.readAllBytes());
      System.setProperty(PATH, folder.toString());
    } catch (IOException e) {
      log.warn("SQLite's library is unpacked into the temporary folder: {}", e.toString());
    }
  }

  /** What is not that very library, of another version or cut off, is replaced as a whole. */
  private static void keep(Path file, byte[] library) throws IOException {
    if (Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), library)) {
      return;
    }
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(fresh, FileRights.ownerOnly(fresh, false));
    Files.write(fresh, library);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
