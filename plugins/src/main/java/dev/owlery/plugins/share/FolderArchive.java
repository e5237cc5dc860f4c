package dev.owlery.plugins.share;

import dev.owlery.api.folder.FolderEntry;
import dev.owlery.api.folder.SafeFile;
import dev.owlery.api.folder.SafeFolder;
import dev.owlery.api.folder.SafeName;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Packs a folder as it is being read, without a copy of it anywhere. Every part of every name in it
 * is a safe one, so that it unpacks below its own folder whatever unpacks it.
 */
final class FolderArchive {

  static final String ZIP = "zip";
  static final String TAR = "tar.gz";

  private static final int MOST = 200_000;

  private final SafeFolder folder;
  private final Path top;
  private final String name;
  private final Map<Path, String> folders = new HashMap<>();
  private final Set<String> taken = new HashSet<>();

  private FolderArchive(SafeFolder folder, Path top, String name) {
    this.folder = folder;
    this.top = top;
    this.name = name;
  }

  /** Where one entry after another goes. */
  private interface ArchiveTarget {
    void folder(String name, FolderEntry entry) throws IOException;

    void file(String name, FolderEntry entry, SafeFile file) throws IOException;
  }

  /**
   * Writes all ordinary files below a folder.
   *
   * @param kind {@link #ZIP} or {@link #TAR}
   * @param folder the safe folder
   * @param top the folder in it
   * @param name what it is called in the archive
   * @param out left open
   * @throws IOException if it cannot be read, or a file changes in between: what was written must
   *     not look whole
   */
  static void write(String kind, SafeFolder folder, Path top, SafeName name, OutputStream out)
      throws IOException {
    FolderArchive archive = new FolderArchive(folder, top, name.text());
    if (kind.equals(ZIP)) {
      ZipOutputStream zip = new ZipOutputStream(out);
      archive.fill(new Zip(zip));
      zip.finish();
    } else {
      GZIPOutputStream gzip = new GZIPOutputStream(out, 64 * 1024);
      TarArchiveOutputStream tar = new TarArchiveOutputStream(gzip, "UTF-8");
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      tar.setAddPaxHeadersForNonAsciiNames(true);
      archive.fill(new Tar(tar));
      tar.finish();
      gzip.finish();
    }
  }

  private void fill(ArchiveTarget target) throws IOException {
    folders.put(top, name);
    target.folder(name + "/", folder.look(top));
    try {
      folder.visit(
          top,
          true,
          entry -> {
            try {
              add(target, entry);
              return true;
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void add(ArchiveTarget target, FolderEntry entry) throws IOException {
    if (taken.size() >= MOST) {
      throw new IOException("more than " + MOST + " files");
    }
    Path above = entry.path().getParent();
    String below = folders.get(above == null ? Path.of("") : above) + "/";
    SafeName safe = entry.name();
    String path = below + safe.text();
    for (int number = 2; !taken.add(path); number++) {
      path = below + safe.numbered(number).text();
    }
    if (entry.isFolder()) {
      folders.put(entry.path(), path);
      target.folder(path + "/", entry);
      return;
    }
    try (SafeFile file = folder.read(entry.path())) {
      target.file(path, file.entry(), file);
    }
  }

  private static void copy(SafeFile file, long size, OutputStream out) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    var in = file.from(0);
    for (long left = size; left > 0; ) {
      int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (count < 0) {
        throw new IOException("a file became shorter while it was packed");
      }
      out.write(buffer, 0, count);
      left -= count;
    }
  }

  private record Zip(ZipOutputStream zip) implements ArchiveTarget {

    @Override
    public void folder(String name, FolderEntry entry) throws IOException {
      zip.putNextEntry(new ZipEntry(name));
      zip.closeEntry();
    }

    @Override
    public void file(String name, FolderEntry entry, SafeFile file) throws IOException {
      ZipEntry packed = new ZipEntry(name);
      packed.setTime(entry.modified().toEpochMilli());
      zip.putNextEntry(packed);
      copy(file, entry.size(), zip);
      zip.closeEntry();
    }
  }

  private record Tar(TarArchiveOutputStream tar) implements ArchiveTarget {

    @Override
    public void folder(String name, FolderEntry entry) throws IOException {
      tar.putArchiveEntry(packed(name, entry));
      tar.closeArchiveEntry();
    }

    @Override
    public void file(String name, FolderEntry entry, SafeFile file) throws IOException {
      TarArchiveEntry packed = packed(name, entry);
      packed.setSize(entry.size());
      tar.putArchiveEntry(packed);
      copy(file, entry.size(), tar);
      tar.closeArchiveEntry();
    }

    private static TarArchiveEntry packed(String name, FolderEntry entry) {
      TarArchiveEntry packed = new TarArchiveEntry(name);
      packed.setModTime(entry.modified().toEpochMilli());
      return packed;
    }
  }
}
