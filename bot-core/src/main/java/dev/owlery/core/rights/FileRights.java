package dev.owlery.core.rights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Who else may read or change a file, by the rights of POSIX. Links are followed. Where a file
 * system has no such rights, nobody else may. May be used from any thread.
 */
public final class FileRights {

  private static final Set<PosixFilePermission> READ =
      EnumSet.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);
  private static final Set<PosixFilePermission> OF_OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);
  private static final int ROOT = 0;

  private FileRights() {}

  /**
   * Whether others than its owner may read a file.
   *
   * @param file a file or directory
   * @return also true for its group
   * @throws IOException if that cannot be known
   */
  public static boolean othersMayRead(Path file) throws IOException {
    return hasPosix(file) && Files.getPosixFilePermissions(file).stream().anyMatch(READ::contains);
  }

  /**
   * Whether others than its owner may read, change or search a file.
   *
   * @param file a file or directory
   * @return also true for its group
   * @throws IOException if that cannot be known
   */
  public static boolean isOpen(Path file) throws IOException {
    return hasPosix(file)
        && Files.getPosixFilePermissions(file).stream().anyMatch(OF_OTHERS::contains);
  }

  /**
   * Takes the rights on a file from everybody but its owner.
   *
   * @param file a file or directory
   * @return false if there was nothing to take
   * @throws IOException if it cannot be done, because the file is somebody else's
   */
  public static boolean close(Path file) throws IOException {
    if (!isOpen(file)) {
      return false;
    }
    Set<PosixFilePermission> rights = EnumSet.noneOf(PosixFilePermission.class);
    rights.addAll(Files.getPosixFilePermissions(file));
    rights.removeAll(OF_OTHERS);
    Files.setPosixFilePermissions(file, rights);
    return true;
  }

  /**
   * Why somebody else may change a file, what is in a directory, or the rights on it: anybody, its
   * group (unless that has the owner's name, as the group of a single user does), or an owner who
   * is neither the bot's user nor root.
   *
   * @param file a file or directory
   * @return who may, and the command that ends it, in one line; empty if nobody else may
   * @throws IOException if that cannot be known
   */
  public static Optional<String> changeableByOthers(Path file) throws IOException {
    if (!hasPosix(file)) {
      return Optional.empty();
    }
    PosixFileAttributes of = Files.readAttributes(file, PosixFileAttributes.class);
    Set<PosixFilePermission> rights = of.permissions();
    if (rights.contains(PosixFilePermission.OTHERS_WRITE)) {
      return Optional.of("anybody may write to it: chmod o-w " + file);
    }
    if (rights.contains(PosixFilePermission.GROUP_WRITE)
        && !of.group().getName().equals(of.owner().getName())) {
      return Optional.of(
          "its group " + of.group().getName() + " may write to it: chmod g-w " + file);
    }
    Optional<Integer> us = user();
    if (us.isPresent() && file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      int owner = (int) Files.getAttribute(file, "unix:uid");
      if (owner != ROOT && owner != us.get()) {
        return Optional.of(
            "it belongs to "
                + of.owner().getName()
                + ", who may change it: chown it to the bot's user or to root");
      }
    }
    return Optional.empty();
  }

  /** The number of this process's user, where the system says it. */
  private static Optional<Integer> user() throws IOException {
    Path self = Path.of("/proc/self");
    return Files.isDirectory(self)
            && self.getFileSystem().supportedFileAttributeViews().contains("unix")
        ? Optional.of((int) Files.getAttribute(self, "unix:uid"))
        : Optional.empty();
  }

  /**
   * The attributes of a new file that is for its owner only.
   *
   * @param file where it is made
   * @param isDirectory whether it is a directory
   * @return none where a file system has no such rights
   */
  public static FileAttribute<?>[] ownerOnly(Path file, boolean isDirectory) {
    return hasPosix(file)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(
              PosixFilePermissions.fromString(isDirectory ? "rwx------" : "rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean hasPosix(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
