package dev.owlery.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A pipe to the bot's standard input and output; the file is a link. */
final class FilesOnConsole implements FilePeer {
  private final Curl curl;
  private Optional<OwleryProcess> bot = Optional.empty();

  FilesOnConsole(Path scratch) {
    curl = new Curl(scratch.resolve("console.bin"));
  }

  @Override
  public String account() {
    return "here { protocol = console, mode = pipe }";
  }

  @Override
  public String ann() {
    return "here/console:local";
  }

  @Override
  public String where() {
    return "here/#owls";
  }

  @Override
  public String transport() {
    return "link";
  }

  @Override
  public void meets(OwleryProcess process) {
    bot = Optional.of(process);
    process.type("/room #owls");
  }

  @Override
  public void says(String line) {
    bot.orElseThrow().type("/as");
    bot.orElseThrow().type(line);
  }

  @Override
  public void strangerSays(String line) {
    bot.orElseThrow().type("/as mallory");
    bot.orElseThrow().type(line);
  }

  @Override
  public List<String> heard() {
    return bot.orElseThrow().out().lines().map(line -> line.replace("[#owls] ", "")).toList();
  }

  @Override
  public void begins() {
    curl.gets(FileTalk.awaitHeard(this, FileTalk.OFFER), "-r", "0-999999");
  }

  @Override
  public byte[] receives() throws IOException {
    curl.gets(FileTalk.awaitHeard(this, FileTalk.OFFER), "-C", "-");
    return curl.got();
  }

  @Override
  public void close() {
    // The bot is not ours.
  }
}
