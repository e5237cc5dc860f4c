package dev.owlery.plugins.share;

import com.google.gson.Gson;
import dev.owlery.api.folder.FolderEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * A link, as it is remembered. The link's own secret is not in it.
 *
 * <p>How fetches are counted: a request begins a fetch, and takes one of the link's times at once,
 * before a byte leaves. Until everything has been sent, all requests from the same address belong
 * to that fetch: a download that broke off and goes on, from where it was or from the beginning,
 * counts once. When everything has been sent, a request for the rest of the file still belongs to
 * it for a while, since what was sent last may not have arrived; a request for the beginning is a
 * new fetch. No fetch may go on for ever: it sends at most three times the file, or begins a folder
 * ten times.
 *
 * @param id names it in commands
 * @param name what it is called outside
 * @param folder which folder of the configuration
 * @param path below it
 * @param archive how a folder is packed: {@code zip} or {@code tar.gz}; empty for a file
 * @param print tells whether the file is still the one that was shared; empty for a folder
 * @param size of the file in bytes; -1 for a folder
 * @param owner who made it, as permissions know them
 * @param by who made it, for people
 * @param where the conversation in which that was, which is told
 * @param times how often it may be fetched
 * @param until when it expires, in milliseconds
 * @param refused whether somebody wanted it once too often
 * @param fetches what was fetched so far
 */
record SharedLink(
    String id,
    String name,
    String folder,
    String path,
    String archive,
    String print,
    long size,
    String owner,
    String by,
    String where,
    int times,
    long until,
    boolean refused,
    List<Fetch> fetches) {

  private static final long GRACE = 10 * 60_000L;
  private static final long SLACK = 1024 * 1024L;
  private static final int MOST_BEGINNINGS = 10;

  boolean isFolder() {
    return size < 0;
  }

  static String print(FolderEntry file) {
    String all = file.key() + " " + file.size() + " " + file.modified();
    return LinkToken.hash(all).substring(0, 20);
  }

  /** The fetch that a request belongs to; a new one if it is the number of fetches. */
  OptionalInt fetchOf(String from, long offset, long now) {
    for (int i = 0; i < fetches.size(); i++) {
      Fetch fetch = fetches.get(i);
      boolean open = !fetch.isOver() || (offset > 0 && now - fetch.ended() < GRACE);
      if (fetch.from().equals(from) && open && !isUsedUp(fetch)) {
        return OptionalInt.of(i);
      }
    }
    return fetches.size() < times ? OptionalInt.of(fetches.size()) : OptionalInt.empty();
  }

  private boolean isUsedUp(Fetch fetch) {
    return isFolder() ? fetch.requests() >= MOST_BEGINNINGS : fetch.sent() > 3 * size + SLACK;
  }

  /** Whether these are all bytes. */
  boolean isAll(Fetch fetch) {
    return size == 0 || fetch.have().equals(List.of(new FileRange(0, size)));
  }

  SharedLink with(int index, Fetch fetch) {
    List<Fetch> more = new ArrayList<>(fetches);
    if (index == more.size()) {
      more.add(fetch);
    } else {
      more.set(index, fetch);
    }
    return new SharedLink(
        id,
        name,
        folder,
        path,
        archive,
        print,
        size,
        owner,
        by,
        where,
        times,
        until,
        refused,
        List.copyOf(more));
  }

  SharedLink refusedOnce() {
    return new SharedLink(
        id, name, folder, path, archive, print, size, owner, by, where, times, until, true,
        fetches);
  }

  long fetched() {
    return fetches.stream().filter(Fetch::isOver).count();
  }

  String written() {
    return new Gson().toJson(this);
  }

  static SharedLink read(String written) {
    return new Gson().fromJson(written, SharedLink.class);
  }
}
