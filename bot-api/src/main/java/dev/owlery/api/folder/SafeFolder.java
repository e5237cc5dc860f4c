package dev.owlery.api.folder;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A folder of the configuration, from which files are read and into which they are written, and
 * nothing leads out of: every step down is taken from the open folder above, without following
 * links, so nobody can swap one in between. Only ordinary files that have one name count; what
 * begins with a dot is not there. Immutable, holds nothing open; may be used from any thread.
 *
 * <p>The folder itself and what is above it are the configuration's and may be links.
 */
public final class SafeFolder {
  private static final int DEEPEST = 64;
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private final Path root;

  private SafeFolder(Path root) {
    this.root = root;
  }

  /**
   * A folder.
   *
   * @param root where it is
   * @return the folder
   * @throws IOException if there is none, or none that can be read safely; the text is fit for a
   *     user
   */
  public static SafeFolder open(Path root) throws IOException {
    SafeFolder folder = new SafeFolder(root.toAbsolutePath().normalize());
    folder.top().close();
    return folder;
  }

  /**
   * Where it is.
   *
   * @return absolute
   */
  public Path root() {
    return root;
  }

  /**
   * Opens a file.
   *
   * @param path as somebody wrote it, like {@code reports/may.pdf}; {@code /} between the parts
   * @return the open file
   * @throws UnsafeFileException if there is no ordinary file; the text is fit for a user
   * @throws IOException if it cannot be read
   */
  public SafeFile read(String path) throws IOException {
    return read(path(path));
  }

  /**
   * Opens a file.
   *
   * @param path below this folder, for example of an entry
   * @return the open file
   * @throws UnsafeFileException if there is no ordinary file; the text is fit for a user
   * @throws IOException if it cannot be read
   */
  public SafeFile read(Path path) throws IOException {
    try (SecureDirectoryStream<Path> above = above(path)) {
      Path name = path.getFileName();
      FolderEntry before = ordinary(above, path);
      FileChannel channel = open(above, name, Set.of(StandardOpenOption.READ));
      try {
        FolderEntry after = ordinary(above, path);
        if (!after.key().equals(before.key())) {
          throw new UnsafeFileException("it was replaced at this moment");
        }
        return new SafeFile(this, after, channel);
      } catch (IOException e) {
        channel.close();
        throw e;
      }
    }
  }

  /**
   * Looks at a file or folder.
   *
   * @param path as somebody wrote it; empty for this folder itself
   * @return what is there
   * @throws UnsafeFileException if there is none; the text is fit for a user
   * @throws IOException if it cannot be seen
   */
  public FolderEntry look(String path) throws IOException {
    return look(path(path));
  }

  /**
   * Looks at a file or folder.
   *
   * @param path below this folder
   * @return what is there
   * @throws UnsafeFileException if there is none; the text is fit for a user
   * @throws IOException if it cannot be seen
   */
  public FolderEntry look(Path path) throws IOException {
    if (path.toString().isEmpty()) {
      try (SecureDirectoryStream<Path> top = top()) {
        return entry(path, top.getFileAttributeView(BasicFileAttributeView.class).readAttributes());
      }
    }
    try (SecureDirectoryStream<Path> above = above(path)) {
      return seen(above, path);
    }
  }

  /**
   * Visits all files and folders below a folder, each folder before what is in it, in no order
   * else. What cannot be read, and what is neither, is left out.
   *
   * @param path the folder; empty for this one
   * @param deep whether to go into the folders that are there
   * @param visitor says whether to go on
   * @return whether all were visited
   * @throws UnsafeFileException if there is no such folder; the text is fit for a user
   * @throws IOException if it cannot be read
   */
  public boolean visit(Path path, boolean deep, Predicate<FolderEntry> visitor) throws IOException {
    try (SecureDirectoryStream<Path> folder = folder(path)) {
      for (Path each : folder) {
        Path name = each.getFileName();
        if (!isHidden(name) && !visit(folder, path.resolve(name), deep, visitor)) {
          return false;
        }
      }
      return true;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private boolean visit(
      SecureDirectoryStream<Path> above, Path path, boolean deep, Predicate<FolderEntry> visitor) {
    FolderEntry entry;
    try {
      entry = seen(above, path);
      if (!entry.isFolder()) {
        checkOneName(path, entry);
      }
    } catch (IOException leftOut) {
      return true;
    }
    if (!visitor.test(entry)) {
      return false;
    }
    try {
      return !entry.isFolder()
          || !deep
          || path.getNameCount() >= DEEPEST
          || visit(path, true, visitor);
    } catch (IOException leftOut) {
      return true;
    }
  }

  /**
   * Deletes a file, if it is still what it was.
   *
   * @param entry a file
   * @return whether it was deleted
   * @throws IOException if it cannot be
   */
  public boolean delete(FolderEntry entry) throws IOException {
    try (SecureDirectoryStream<Path> above = above(entry.path())) {
      if (!seen(above, entry.path()).isSame(entry)) {
        return false;
      }
      above.deleteFile(entry.path().getFileName());
      return true;
    } catch (UnsafeFileException | NoSuchFileException gone) {
      return false;
    }
  }

  /**
   * Begins to write a file, or goes on with one that was begun. Only its owner may read and write
   * it, whatever the process's mask says.
   *
   * @param key names it until it is whole: letters, digits, {@code -} and {@code _}, at most 64
   * @return the file, written to so far as it was
   * @throws IOException if it cannot be written
   */
  public NewFile create(String key) throws IOException {
    if (!KEY.matcher(key).matches()) {
      throw new IllegalArgumentException("not a key for a file");
    }
    Path name = Path.of("." + key + ".part");
    try (SecureDirectoryStream<Path> top = top()) {
      FileChannel channel =
          open(
              top,
              name,
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
      try {
        if (!attributes(top, name).isRegularFile()) {
          throw new UnsafeFileException("something else is in the place of the file");
        }
        forOwner(top, name);
        channel.position(channel.size());
        return new NewFile(root, root.resolve(name), channel);
      } catch (IOException e) {
        channel.close();
        throw e;
      }
    }
  }

  /** Also if an earlier version has begun it. */
  private static void forOwner(SecureDirectoryStream<Path> top, Path name) throws IOException {
    top.getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .setPermissions(OWNER_ONLY.value());
  }

  private static Path path(String written) throws UnsafeFileException {
    try {
      return Path.of(written.replaceAll("/+$", ""));
    } catch (InvalidPathException e) {
      throw new UnsafeFileException("this is no path");
    }
  }

  /** The open folder in which the last part of a path is. */
  private SecureDirectoryStream<Path> above(Path path) throws IOException {
    if (path.toString().isEmpty()) {
      throw new UnsafeFileException("is a folder");
    }
    Path parent = path.getParent();
    if (isHidden(path.getFileName() == null ? path : path.getFileName())) {
      throw new UnsafeFileException("there is no such file");
    }
    return folder(parent == null ? Path.of("") : parent);
  }

  private SecureDirectoryStream<Path> folder(Path path) throws IOException {
    if (path.isAbsolute() || path.getNameCount() > DEEPEST) {
      throw new UnsafeFileException("this is no path below the folder");
    }
    SecureDirectoryStream<Path> folder = top();
    if (path.toString().isEmpty()) {
      return folder;
    }
    for (Path part : path) {
      try (SecureDirectoryStream<Path> above = folder) {
        if (isHidden(part)) {
          throw new UnsafeFileException("there is no such file");
        }
        folder = above.newDirectoryStream(part, LinkOption.NOFOLLOW_LINKS);
      } catch (NoSuchFileException | NotDirectoryException e) {
        throw new UnsafeFileException("there is no such file");
      } catch (FileSystemException e) {
        throw new UnsafeFileException("there is no such file that may be read");
      }
    }
    return folder;
  }

  private SecureDirectoryStream<Path> top() throws IOException {
    DirectoryStream<Path> opened =
        root.getFileSystem().provider().newDirectoryStream(root, each -> true);
    if (opened instanceof SecureDirectoryStream<Path> secure) {
      return secure;
    }
    opened.close();
    throw new IOException("this file system cannot be read without following links");
  }

  private static boolean isHidden(Path part) {
    String name = part.toString();
    return name.isEmpty() || name.startsWith(".") || name.indexOf('\0') >= 0;
  }

  private FolderEntry ordinary(SecureDirectoryStream<Path> above, Path path) throws IOException {
    FolderEntry entry = seen(above, path);
    if (entry.isFolder()) {
      throw new UnsafeFileException("is a folder");
    }
    checkOneName(path, entry);
    return entry;
  }

  /** A second name may be that of a file elsewhere, which whoever made it could not read. */
  private void checkOneName(Path path, FolderEntry entry) throws IOException {
    Path whole = root.resolve(path);
    if (!whole.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return;
    }
    Map<String, Object> seen;
    try {
      seen = Files.readAttributes(whole, "unix:nlink,fileKey", LinkOption.NOFOLLOW_LINKS);
    } catch (FileSystemException e) {
      throw new UnsafeFileException("it was replaced at this moment");
    }
    if (!String.valueOf(seen.get("fileKey")).equals(entry.key())) {
      throw new UnsafeFileException("it was replaced at this moment");
    }
    if (!Integer.valueOf(1).equals(seen.get("nlink"))) {
      throw new UnsafeFileException("has a second name somewhere");
    }
  }

  private static FolderEntry seen(SecureDirectoryStream<Path> above, Path path) throws IOException {
    BasicFileAttributes attributes;
    try {
      attributes = attributes(above, path.getFileName());
    } catch (NoSuchFileException | NotDirectoryException e) {
      throw new UnsafeFileException("there is no such file");
    } catch (FileSystemException e) {
      throw new UnsafeFileException("it cannot be read");
    }
    if (attributes.isSymbolicLink()) {
      throw new UnsafeFileException("is a link");
    }
    if (!attributes.isRegularFile() && !attributes.isDirectory()) {
      throw new UnsafeFileException("is no ordinary file");
    }
    return entry(path, attributes);
  }

  private static FolderEntry entry(Path path, BasicFileAttributes attributes) {
    boolean isFolder = attributes.isDirectory();
    Object key = attributes.fileKey();
    return new FolderEntry(
        path,
        isFolder,
        isFolder ? 0 : attributes.size(),
        attributes.lastModifiedTime().toInstant(),
        key == null ? "" : key.toString());
  }

  private static BasicFileAttributes attributes(SecureDirectoryStream<Path> above, Path name)
      throws IOException {
    return above
        .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .readAttributes();
  }

  private static FileChannel open(
      SecureDirectoryStream<Path> above, Path name, Set<StandardOpenOption> how)
      throws IOException {
    Set<OpenOption> options = new HashSet<>(how);
    options.add(LinkOption.NOFOLLOW_LINKS);
    SeekableByteChannel opened;
    try {
      opened = above.newByteChannel(name, options, OWNER_ONLY);
    } catch (NoSuchFileException e) {
      throw new UnsafeFileException("there is no such file");
    } catch (FileSystemException e) {
      if (how.contains(StandardOpenOption.WRITE)) {
        throw e;
      }
      throw new UnsafeFileException("it cannot be read");
    }
    if (opened instanceof FileChannel channel) {
      return channel;
    }
    opened.close();
    throw new IOException("this file system has no channels");
  }
}
