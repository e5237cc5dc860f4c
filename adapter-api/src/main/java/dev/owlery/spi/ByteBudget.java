package dev.owlery.spi;

import java.util.HashMap;
import java.util.Map;

/**
 * How many bytes all clients together may make the bot hold, and one client alone. The methods may
 * be called from any thread.
 */
public final class ByteBudget {
  private final long total;
  private final long share;

  /** Guarded by this. */
  private final Map<String, Long> clients = new HashMap<>();

  /** Guarded by this. */
  private long used;

  /**
   * A budget of which nothing is used.
   *
   * @param total the bytes of all clients together
   * @param share the bytes of one client, in all its leases; a client with a single lease may use
   *     the total
   */
  public ByteBudget(long total, long share) {
    this.total = total;
    this.share = share;
  }

  /**
   * Begins to count for one client. Takes nothing yet.
   *
   * @param client names the client
   * @return to be closed, which gives everything back
   */
  public Lease lease(String client) {
    return new Lease(client);
  }

  /**
   * How much is taken.
   *
   * @return bytes, of all leases
   */
  public synchronized long used() {
    return used;
  }

  private synchronized boolean take(Lease lease, long bytes) {
    long client = clients.getOrDefault(lease.client, 0L);
    boolean isAlone = client == lease.taken;
    if (used + bytes > total || (!isAlone && client + bytes > share)) {
      return false;
    }
    used += bytes;
    clients.put(lease.client, client + bytes);
    lease.taken += bytes;
    return true;
  }

  private synchronized void giveBack(Lease lease) {
    used -= lease.taken;
    long taken = lease.taken;
    clients.computeIfPresent(lease.client, (_, before) -> before == taken ? null : before - taken);
    lease.taken = 0;
  }

  /** What one request of a client has taken. For one thread at a time. */
  public final class Lease implements AutoCloseable {
    private final String client;

    /** Guarded by the budget. */
    private long taken;

    private boolean waived;

    private Lease(String client) {
      this.client = client;
    }

    /**
     * Takes some bytes, before the memory for them is allocated.
     *
     * @param bytes so many more
     * @return false if there are not so many left: then nothing was taken
     */
    public boolean take(long bytes) {
      return waived || ByteBudget.this.take(this, bytes);
    }

    /** Gives everything back, and counts no more: the client may hold what it likes. */
    public void waive() {
      waived = true;
      close();
    }

    /** Gives everything back. */
    @Override
    public void close() {
      giveBack(this);
    }
  }
}
