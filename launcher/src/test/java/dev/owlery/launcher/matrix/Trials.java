package dev.owlery.launcher.matrix;

import dev.owlery.launcher.proof.BotHome;
import dev.owlery.launcher.proof.BotProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Tries one feature after the other on one server. Belongs to one thread. */
final class Trials implements AutoCloseable {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Pattern LOST =
      Pattern.compile("no history: [^;)]*|missing [^;)]*\\bmam\\b[^;)]*");
  private static final Duration LONG = Duration.ofSeconds(45);

  /** What needs a room that the bot is in. */
  private static final List<Feature> IN_ROOM =
      List.of(
          Feature.ROOM_COMMAND,
          Feature.NAMED_COMMAND,
          Feature.SUBJECT,
          Feature.FILE_TO_ROOM,
          Feature.KICK,
          Feature.AWAY_ROOM,
          Feature.NICK_IN_USE);

  private final Column column;
  private final Venue venue;
  private final BotHome home;
  private final BotRuns runs;
  private final Talk room;
  private final Talk alone;
  private final Talk stranger;
  private final Map<Feature, Finding> findings = new EnumMap<>(Feature.class);
  private int marks;

  Trials(Column column, Venue venue) {
    this.column = column;
    this.venue = venue;
    this.home = new BotHome(configuration(venue)).withTestClasses();
    this.runs = new BotRuns(home, venue);
    this.room = venue.inRoom();
    this.alone = venue.alone();
    this.stranger = venue.stranger();
    folder("received");
    for (String name : List.of("plan.txt", "note.txt")) {
      write(folder("reports").resolve(name), "what " + name + " says\n");
    }
  }

  private static String configuration(Venue venue) {
    return """
    bot { name = owl, data-dir = "data", durability = crash }
    accounts { %s }
    plugins = [ help, echo, admin, topics, rpc, file-relay, %s ]
    limits { commands-per-minute = 0 }
    permissions {
      persons { ann = [ "net/%s" ] }
      roles { admin = [ ann ] }
      grants { admin = [ "*" ], everyone = [ view, files.send, rpc ] }
    }
    topics { news { to = [ "net/%s", "net/%s" ] } }
    procedures { patience = 5s }
    plugin.file-relay {
      folders = [ { directory = reports, permission = view } ]
      receive { into = received, accept = [ "net/*" ] }
    }
    """
        .formatted(
            venue.account(),
            SamplePlugin.class.getName(),
            venue.ann(),
            venue.room(),
            venue.annAlone());
  }

  private Path folder(String name) {
    try {
      return Files.createDirectories(home.path().resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Tries some features, in their order. */
  Map<Feature, Finding> tryOut(List<Feature> features) {
    for (Feature feature : features) {
      long begun = System.nanoTime();
      Finding finding = find(feature);
      findings.put(feature, finding);
      if (finding.isSilence()) {
        write(home.path().resolve("transcript.txt"), String.join("\n", venue.transcript()));
        home.keep("matrix-" + column + "-" + feature);
      }
      System.out.printf(
          "[matrix] %s %s %s (%d ms)%n",
          column, feature, finding.shown(), Duration.ofNanos(System.nanoTime() - begun).toMillis());
    }
    return findings;
  }

  private Finding find(Feature feature) {
    Optional<String> lack = venue.lacks(feature);
    if (lack.isPresent()) {
      return Finding.nothingToDo(lack.get());
    }
    if (IN_ROOM.contains(feature) && !isInRoom()) {
      return new Finding(Finding.Kind.REFUSED, "there is no room to be in, as above");
    }
    return switch (feature) {
      case LOGIN -> logIn();
      case CHECK -> check();
      case JOIN ->
          Talk.await(venue::seesBotInRoom, SOON) ? Finding.works() : roomLine(venue.room());
      case CLOSED_ROOM -> roomLine(venue.closedRoom());
      case ROOM_COMMAND -> echo(room, "!echo ");
      case NAMED_COMMAND -> echo(room, "owl: echo ");
      case ALONE_COMMAND -> echo(alone, "!echo ");
      case LONG -> longAnswer();
      case RICH_TEXT, CARD, EDIT, DELETE, REACTION, REPLY, THREAD, SUBJECT, PRESENCE, PUBLISH ->
          effect(feature);
      case QUESTION -> question();
      case FORM -> form();
      case AUTOMATIC -> automatic();
      case TOPIC -> topic();
      case FILE_TO_PERSON -> file(alone, "plan.txt");
      case FILE_TO_ROOM -> file(room, "note.txt");
      case FILE_RECEIVED -> fileReceived();
      case ADMINISTRATOR -> administrator();
      case STRANGER -> stranger();
      case PROCEDURE -> procedure();
      case KICK -> kick();
      case AWAY_ROOM -> away(room, true);
      case AWAY_ALONE -> away(alone, false);
      case RESTART -> restart();
      case NICK_IN_USE -> nickInUse();
    };
  }

  private boolean isInRoom() {
    Finding join = findings.get(Feature.JOIN);
    return join == null || join.kind() == Finding.Kind.WORKS;
  }

  /** Where what needs no room is tried. */
  private Talk place() {
    return isInRoom() ? room : alone;
  }

  private String mark() {
    return "sample" + ++marks;
  }

  private Finding logIn() {
    runs.start();
    return Finding.works();
  }

  private Finding check() {
    List<String> said = runs.check();
    return said.isEmpty() ? Finding.silence("no line about the account") : works(said.getFirst());
  }

  private static Finding works(String sentence) {
    return Finding.works("“" + sentence + "”");
  }

  /** What an administrator is told of a room that the bot is not in. */
  private Finding roomLine(String which) {
    String begin = Venue.ACCOUNT + "/" + which;
    String line =
        runs.admin("rooms").lines().filter(each -> each.startsWith(begin)).findFirst().orElse("");
    String reason = line.replaceFirst("^\\S+ \\(not in it\\):? ?", "");
    if (reason.equals(line) || reason.isEmpty()) {
      return Finding.silence("!rooms says: " + line);
    }
    String logged = ".* (INFO|WARN) .*" + Pattern.quote(which) + ".*";
    boolean isLogged = runs.log().lines().anyMatch(each -> each.matches(logged));
    return Finding.refused(reason, isLogged ? "`!rooms`, log" : "`!rooms`");
  }

  private Finding echo(Talk talk, String begin) {
    String mark = mark();
    return talk.ask(begin + mark, mark::equals).isPresent() ? Finding.works() : silence(talk);
  }

  private static Finding silence(Talk talk) {
    return Finding.silence("heard " + talk.heard());
  }

  private Finding longAnswer() {
    Talk place = place();
    String mark = mark();
    place.say("!sample long " + mark);
    boolean ended =
        place
            .hears(line -> line.endsWith(" end") || line.contains("more"), Duration.ofSeconds(30))
            .isPresent();
    String all = String.join(" ", place.heard());
    boolean whole = IntStream.range(0, 500).mapToObj("w%04d"::formatted).allMatch(all::contains);
    if (whole) {
      int parts = place.heard().size();
      return parts == 1 ? Finding.works("in one message") : Finding.works("in parts");
    }
    return ended && all.contains("more")
        ? Finding.anotherWay("“" + place.heard().getLast() + "”")
        : silence(place);
  }

  private Finding effect(Feature feature) {
    Talk place = place();
    String name = feature.name().toLowerCase(Locale.ROOT);
    String mark = mark();
    Optional<String> report =
        place.ask("!sample " + name + " " + mark, text -> text.startsWith(name + ": "));
    if (report.isEmpty()) {
      return silence(place);
    }
    String words = report.get().substring(name.length() + 2);
    boolean isDelivered = words.equals("delivered");
    if (isDelivered && feature == Feature.PRESENCE) {
      venue.looksForBot();
    }
    if (isDelivered && Talk.await(() -> venue.sees(feature, mark), Duration.ofSeconds(2))) {
      return Finding.works();
    }
    if (!isDelivered) {
      return Finding.refused(words.replaceFirst("^(unsupported|refused): ", ""), "the plugin");
    }
    List<String> said =
        place.heard().stream()
            .filter(text -> text.contains(mark) && !text.equals(mark + " said"))
            .toList();
    return said.isEmpty()
        ? silence(place)
        : Finding.anotherWay("“" + String.join("\n", said) + "”");
  }

  private Finding question() {
    Talk place = place();
    String mark = mark();
    if (place.ask("!sample question " + mark, text -> text.contains("What is it?")).isEmpty()) {
      return silence(place);
    }
    return place.ask(mark, ("you said " + mark)::equals).isPresent()
        ? Finding.works()
        : silence(place);
  }

  private Finding form() {
    Talk place = place();
    place.say("!sample form " + mark());
    if (place.hears(text -> !text.isEmpty()).isEmpty()) {
      return silence(place);
    }
    if (venue.fillsForm()) {
      return place.hears("ordered 3 owls"::equals).isPresent() ? Finding.works() : silence(place);
    }
    boolean asked =
        place.hears(text -> text.contains("What?")).isPresent()
            && place.ask("owls", text -> text.contains("How many?")).isPresent();
    return asked && place.ask("3", "ordered 3 owls"::equals).isPresent()
        ? Finding.anotherWay("question by question")
        : silence(place);
  }

  private Finding automatic() {
    Optional<String> hint = alone.ask("good morning", text -> !text.isEmpty());
    if (hint.isEmpty()) {
      return silence(alone);
    }
    String words = hint.get().lines().findFirst().orElse("");
    return venue.sees(Feature.AUTOMATIC, words.substring(0, Math.min(10, words.length())))
        ? Finding.works("marked as such")
        : Finding.anotherWay("without a mark");
  }

  private Finding topic() {
    String mark = mark();
    Talk place = place();
    place.listen();
    String _ = runs.admin("publish news " + mark);
    return place.hears(text -> text.contains(mark)).isPresent() ? Finding.works() : silence(place);
  }

  private Finding file(Talk talk, String name) {
    talk.say("!send " + name);
    boolean hasSomething =
        Talk.await(() -> venue.received(name).isPresent() || refusal(talk, name).isPresent(), LONG);
    if (!hasSomething) {
      return silence(talk);
    }
    // What waits may be on its way after the next attempt.
    return Talk.await(() -> venue.received(name).isPresent(), SOON)
        ? Finding.works(venue.received(name).orElseThrow())
        : Finding.refused(refusal(talk, name).orElseThrow(), "Ann");
  }

  private static Optional<String> refusal(Talk talk, String name) {
    return talk.heard().stream()
        .filter(text -> text.matches("(?s).*\\b(given up|gave up|failed|cannot|waits: .*)\\b.*"))
        .map(text -> text.replaceFirst("^sending .*? as \\w+: ", name + " "))
        .findFirst();
  }

  private Finding fileReceived() {
    String name = "gift.txt";
    alone.listen();
    venue.offers(name, "a gift from Ann\n".getBytes(StandardCharsets.UTF_8));
    Path gift = home.path().resolve("received").resolve(name);
    boolean isOver =
        Talk.await(
            () ->
                Files.exists(gift)
                    || alone.heard().stream().anyMatch(text -> text.contains(name))
                    || venue.refusal().isPresent(),
            LONG);
    if (Files.exists(gift)) {
      return Finding.works();
    }
    return isOver
        ? Finding.refused(
            alone
                .hears(text -> text.contains(name) && !text.startsWith("\u0001"), SOON)
                .or(venue::refusal)
                .or(() -> alone.hears(text -> text.contains(name)))
                .orElseThrow()
                .replace("\u0001", ""),
            "Ann")
        : logged(name);
  }

  /** What only the log says of a file. */
  private Finding logged(String name) {
    return runs.log()
        .lines()
        .filter(line -> line.matches(".* (INFO|WARN) .*" + name + ".*"))
        .findFirst()
        .map(line -> Finding.refused(line.replaceFirst("^.*? - ", ""), "log"))
        .orElseGet(() -> Finding.silence(BotProcess.tail(runs.log())));
  }

  /** Not what is told of files meanwhile. */
  private static boolean isAnswer(String text) {
    return !text.isEmpty() && !text.contains(".txt");
  }

  private Finding administrator() {
    Optional<String> answer = alone.ask("!accounts", Trials::isAnswer);
    if (answer.isEmpty()) {
      return silence(alone);
    }
    return answer.get().startsWith(Venue.ACCOUNT + ": online")
        ? Finding.works()
        : Finding.refused(answer.get(), "Ann");
  }

  private Finding stranger() {
    Optional<String> answer = stranger.ask("!accounts", Trials::isAnswer);
    if (answer.isEmpty() || answer.get().startsWith(Venue.ACCOUNT + ": ")) {
      return silence(stranger);
    }
    return Finding.refused(answer.get(), "Bob");
  }

  private Finding procedure() {
    Optional<String> answer =
        alone.ask("!rpc call " + venue.peer() + " ann.greet", Trials::isAnswer);
    if (answer.isEmpty()) {
      return silence(alone);
    }
    return answer.get().contains("greetings from ann")
        ? Finding.works()
        : Finding.refused(answer.get(), "Ann");
  }

  private Finding kick() {
    venue.kicks();
    boolean isBack =
        Talk.await(venue::seesBotInRoom, Duration.ofSeconds(20))
            && echo(room, "!echo ").kind() == Finding.Kind.WORKS;
    Finding finding = isBack ? Finding.works("it comes back") : roomLine(venue.room());
    venue.letsBackIn();
    return finding;
  }

  /** Whether what was said is answered after the start, or somebody was told that it is not. */
  private Finding away(Talk talk, boolean inRoom) {
    runs.kill();
    boolean _ = Talk.await(() -> !inRoom || !venue.seesBotInRoom(), SOON);
    Optional<String> _ = venue.undelivered();
    String mark = mark();
    talk.say("!echo " + mark);
    Optional<String> undelivered = venue.undelivered();
    runs.start();
    if (talk.hears(mark::equals, SOON).isPresent()) {
      return Finding.works("answered after the start");
    }
    if (undelivered.isEmpty()) {
      undelivered = venue.undelivered();
    }
    if (undelivered.isPresent()) {
      return Finding.refused(undelivered.get(), "Ann, by the server");
    }
    Matcher said = LOST.matcher(runs.log());
    return said.find()
        ? Finding.refused(said.group(), "`!accounts`, log")
        : Finding.silence("not answered, and nobody was told");
  }

  private Finding restart() {
    Talk place = place();
    String mark = mark();
    place.say("!sample lines " + mark);
    boolean begun = Talk.await(() -> lines(place, mark).size() >= 3, Talk.PATIENCE);
    runs.kill();
    runs.start();
    boolean ended =
        Talk.await(() -> lines(place, mark).stream().distinct().count() == 10, Talk.PATIENCE);
    if (!begun || !ended) {
      return silence(place);
    }
    boolean _ = Talk.await(() -> lines(place, mark).size() > 10, Duration.ofSeconds(3));
    int doubled = lines(place, mark).size() - 10;
    if (runs.log().contains("maybe sent twice")) {
      return Finding.anotherWay("each at least once; the log names what was maybe sent twice");
    }
    return doubled == 0
        ? Finding.works("each once")
        : Finding.silence(doubled + " lines twice, without a word");
  }

  private static List<String> lines(Talk place, String mark) {
    return place.heard().stream().filter(text -> text.startsWith(mark + " line ")).toList();
  }

  private Finding nickInUse() {
    runs.stop();
    boolean _ = Talk.await(() -> !venue.seesBotInRoom(), SOON);
    venue.takesNick();
    runs.start();
    boolean isThere =
        Talk.await(venue::seesBotInRoom, SOON) && echo(room, "!echo ").kind() == Finding.Kind.WORKS;
    String nick = venue.nick();
    venue.givesNickBack();
    return isThere ? Finding.anotherWay("it is called " + nick) : roomLine(venue.room());
  }

  @Override
  public void close() {
    home.close();
  }
}
