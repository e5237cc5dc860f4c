package dev.owlery.adapter.xmpp;

import dev.owlery.api.file.FileSink;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A received file in memory, which keeps what an attempt left. */
final class MemorySink implements FileSink {
  private ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private volatile String name = "";
  private volatile boolean complete;

  /** Leaves it as an attempt would that broke off. */
  MemorySink holding(byte[] all, int length) {
    bytes.write(all, 0, length);
    return this;
  }

  byte[] content() {
    return bytes.toByteArray();
  }

  @Override
  public long offset() {
    return bytes.size();
  }

  @Override
  public OutputStream from(long offset) {
    byte[] kept = Arrays.copyOf(bytes.toByteArray(), (int) offset);
    bytes = new ByteArrayOutputStream();
    bytes.writeBytes(kept);
    return bytes;
  }

  /** Whether somebody has said that it is. */
  boolean isComplete() {
    return complete;
  }

  /** What it was called in the end; empty if nothing was said of that. */
  String name() {
    return name;
  }

  @Override
  public String complete() {
    complete = true;
    return sha256(content());
  }

  @Override
  public String complete(String called) {
    name = called;
    return complete();
  }

  static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
