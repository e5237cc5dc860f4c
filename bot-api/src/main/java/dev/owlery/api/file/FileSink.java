package dev.owlery.api.file;

import java.io.IOException;
import java.io.OutputStream;

/** Where the bytes of a received file go. For the thread that receives. */
public interface FileSink {

  /**
   * How much of the file is here already, safely on the disk, from attempts that broke off.
   *
   * @return the offset to ask the other side for, if the protocol can; 0 if nothing is here
   */
  long offset();

  /**
   * Opens the file for writing.
   *
   * @param offset where the other side begins: {@link #offset} at most; what lies behind it is
   *     written anew
   * @return takes the bytes; fails with a {@link TransferException} if there are more than were
   *     announced or allowed, or there is no room. The caller closes it
   * @throws IOException if the file cannot be written
   */
  OutputStream from(long offset) throws IOException;

  /**
   * Says that all bytes were written. The core checks size and SHA-256, makes the file durable and
   * gives it its final name. Called once, before the other side is told that the file has arrived.
   *
   * @return the SHA-256 of what lies there now, 64 lower-case hexadecimal digits
   * @throws TransferException with {@link TransferException.Reason#MISMATCH} if it is not the file
   *     that was announced
   * @throws IOException if the disk fails
   */
  String complete() throws IOException;

  /**
   * The same for protocols that tell only in the end what a file is called. What {@link
   * dev.owlery.api.content.FileRef} called it in the offer is then used for nothing.
   *
   * @param name as the other side gives it; made safe by the core
   * @return as {@link #complete()}
   * @throws IOException as {@link #complete()}
   */
  default String complete(String name) throws IOException {
    return complete();
  }
}
