package dev.owlery.adapter.console;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Without a terminal: UTF-8 lines in, answers out and nothing else, so that the bot fits into a
 * shell's pipeline. Notes go to standard error.
 */
final class PipeScreen implements Screen {

  /** A longer line is cut here: input is not bounded, memory is. */
  static final int LONGEST_LINE = 256 * 1024;

  private final BufferedReader in;
  private final OutputStream out;

  PipeScreen(InputStream in, OutputStream out) {
    this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    this.out = out;
  }

  @Override
  public Optional<String> readLine(String prompt) throws IOException {
    StringBuilder line = new StringBuilder();
    int c = in.read();
    if (c < 0) {
      return Optional.empty();
    }
    for (; c >= 0 && c != '\n'; c = in.read()) {
      if (line.length() < LONGEST_LINE) {
        line.append((char) c);
      }
    }
    if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
      line.setLength(line.length() - 1);
    }
    return Optional.of(line.toString());
  }

  @Override
  public void show(ScreenMessage said) throws IOException {
    String label = said.label().isEmpty() ? "" : "[" + VisibleText.of(said.label()) + "] ";
    String deed =
        switch (said.tone()) {
          case DEED -> "* " + said.speaker() + " ";
          case NORMAL, NOTICE, AUTOMATIC -> "";
        };
    String text = VisibleText.of(deed + said.content().plain());
    if (!label.isEmpty()) {
      // Each line says where it belongs: a program reads them one by one.
      text = label + text.replace("\n", "\n" + label);
    }
    byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
    synchronized (out) {
      out.write(bytes);
      out.flush();
    }
  }

  @Override
  public void note(String note) {
    System.err.println(VisibleText.of(note));
  }

  /** The streams are the process's: they stay open. */
  @Override
  public void close() {}
}
