package dev.owlery.plugins.share;

import dev.owlery.api.folder.FolderEntry;
import dev.owlery.api.folder.SafeFile;
import dev.owlery.api.folder.SafeFolder;
import dev.owlery.api.folder.SafeName;
import dev.owlery.api.http.ByteRange;
import dev.owlery.api.http.Download;
import dev.owlery.api.http.HttpReply;
import dev.owlery.api.http.HttpRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Answers the requests for links. */
final class LinkServer {

  private static final int PIECE = 64 * 1024;

  private final Map<String, ShareSettings.ShareFolder> folders;
  private final LinkTable book;
  private final Clock clock;

  LinkServer(Map<String, ShareSettings.ShareFolder> folders, LinkTable book, Clock clock) {
    this.folders = folders;
    this.book = book;
    this.clock = clock;
  }

  /**
   * Answers one request.
   *
   * @throws IOException never: a file that cannot be read is an answer
   */
  HttpReply answer(HttpRequest request) throws IOException {
    String hash = LinkToken.hash(request.part("token"));
    Optional<SharedLink> found = book.find(hash);
    if (found.isEmpty()) {
      return HttpReply.text(404, "there is nothing here\n");
    }
    SharedLink share = found.get();
    if (share.until() <= clock.millis()) {
      return gone("this link has expired");
    }
    if (Download.isPreview(request)) {
      return HttpReply.text(403, "this link is not for previews\n");
    }
    ShareSettings.ShareFolder settings = folders.get(share.folder());
    if (settings == null) {
      return gone("this is not shared any more");
    }
    try {
      SafeFolder folder = SafeFolder.open(settings.path());
      return share.isFolder()
          ? folder(request, hash, share, folder)
          : file(request, hash, share, folder);
    } catch (IOException notThere) {
      return gone("this is not there any more");
    }
  }

  private HttpReply file(HttpRequest request, String hash, SharedLink share, SafeFolder folder)
      throws IOException {
    FolderEntry entry = folder.look(share.path());
    if (entry.isFolder() || !SharedLink.print(entry).equals(share.print())) {
      return gone("the file has changed since it was shared");
    }
    Download download =
        new Download(share.name(), share.size(), share.print(), Optional.of(entry.modified()));
    ByteRange range = download.range(request);
    if (range.kind() == ByteRange.Kind.BEYOND || request.method().equals("HEAD")) {
      return download.reply(range, out -> {});
    }
    OptionalInt fetch = book.admit(hash, request.remote(), range.from());
    FileRange stretch = new FileRange(range.from(), range.end());
    return fetch.isEmpty()
        ? gone("this link is used up")
        : download.reply(range, out -> send(hash, fetch.getAsInt(), folder, entry, stretch, out));
  }

  /** What was sent last may not have left, if the client is gone: it does not count. */
  private void send(
      String hash,
      int fetch,
      SafeFolder folder,
      FolderEntry entry,
      FileRange stretch,
      OutputStream out)
      throws IOException {
    long at = stretch.from();
    long certain = at;
    byte[] buffer = new byte[PIECE];
    try (SafeFile file = folder.read(entry.path())) {
      if (!file.entry().isSame(entry)) {
        throw new IOException("the file was replaced");
      }
      InputStream in = file.from(at);
      while (at < stretch.end()) {
        int count = in.read(buffer, 0, (int) Math.min(PIECE, stretch.end() - at));
        if (count < 0 || book.isRevoked(hash)) {
          throw new IOException(count < 0 ? "the file became shorter" : "the link was revoked");
        }
        out.write(buffer, 0, count);
        certain = at;
        at += count;
      }
      out.flush();
      certain = at;
    } finally {
      book.sent(hash, fetch, new FileRange(stretch.from(), certain), false);
    }
  }

  private HttpReply folder(HttpRequest request, String hash, SharedLink share, SafeFolder folder)
      throws IOException {
    Path top = Path.of(share.path());
    if (!folder.look(top).isFolder()) {
      return gone("this is not there any more");
    }
    String type =
        share.archive().equals(FolderArchive.ZIP) ? "application/zip" : "application/gzip";
    if (request.method().equals("HEAD")) {
      return Download.stream(share.name(), type, out -> {});
    }
    OptionalInt fetch = book.admit(hash, request.remote(), 0);
    if (fetch.isEmpty()) {
      return gone("this link is used up");
    }
    SafeName inside = SafeName.of(share.name().replaceAll("\\.(zip|tar\\.gz)$", ""));
    return Download.stream(
        share.name(),
        type,
        out -> {
          FolderArchive.write(share.archive(), folder, top, inside, new Revocable(hash, out));
          out.flush();
          book.sent(hash, fetch.getAsInt(), new FileRange(0, 0), true);
        });
  }

  /** Writes while the link holds. */
  private final class Revocable extends OutputStream {
    private final String hash;
    private final OutputStream out;

    Revocable(String hash, OutputStream out) {
      this.hash = hash;
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (book.isRevoked(hash)) {
        throw new IOException("the link was revoked");
      }
      out.write(bytes, offset, length);
    }
  }

  private static HttpReply gone(String why) {
    return HttpReply.text(410, why + "\n");
  }
}
