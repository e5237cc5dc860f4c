package dev.owlery.plugins.logs;

/**
 * How far a file has been read.
 *
 * @param key which file, whatever it is called
 * @param position the first byte that has not been read
 * @param print of what stands before that
 */
record LogPosition(String key, long position, int print) {

  /** One line, for {@link #read}. */
  String written() {
    return position + " " + print + " " + key;
  }

  static LogPosition read(String written) {
    String[] parts = written.split(" ", 3);
    return new LogPosition(parts[2], Long.parseLong(parts[0]), Integer.parseInt(parts[1]));
  }
}
