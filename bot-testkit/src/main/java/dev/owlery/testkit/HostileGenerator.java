package dev.owlery.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** Makes up texts that a reader may fall over, the same ones for the same seed. */
final class HostileGenerator {
  /** Signs that mean something to many readers. */
  private static final List<String> COMMON =
      List.of(
          "a",
          " ",
          "\n",
          "\"",
          "'",
          "\\",
          "<",
          ">",
          "&",
          "(",
          ")",
          "[",
          "]",
          "{",
          "}",
          "*",
          "_",
          "`",
          "~",
          ":",
          ";",
          ",",
          ".",
          "/",
          "-",
          "0",
          "9",
          "=",
          "\t",
          "\0",
          "\u0002",
          "\u00a0",
          "é",
          "\uD83D\uDE00",
          "\uD83D",
          "\u2028",
          "\u202E");

  private final Random random;
  private final List<String> tokens;
  private final List<String> samples;

  HostileGenerator(long seed, List<String> tokens, List<String> samples) {
    this.random = new Random(seed);
    this.tokens = tokens;
    this.samples = samples;
  }

  /**
   * A text of any length: pieces repeated one after another.
   *
   * @param units what is repeated, each in its own part of the text
   */
  record TextPattern(List<String> units) {

    /** The text at about a length, and no longer: whole pieces, so that it ends alike at each. */
    String text(int length) {
      StringBuilder text = new StringBuilder(length + 64);
      int part = length / units.size();
      units.forEach(unit -> text.append(unit.repeat(Math.max(1, part / unit.length()))));
      text.setLength(Math.min(length, text.length()));
      return text.toString();
    }

    @Override
    public String toString() {
      return units.stream()
          .map(unit -> "(" + unit.replace("\n", "\\n") + ")*")
          .collect(Collectors.joining());
    }
  }

  /** Each sign repeated, each sample repeated, and mixtures. */
  List<TextPattern> shapes(int mixtures) {
    List<TextPattern> shapes = new ArrayList<>();
    tokens.forEach(token -> shapes.add(new TextPattern(List.of(token))));
    samples.stream()
        .filter(sample -> !sample.isEmpty())
        .forEach(sample -> shapes.add(new TextPattern(List.of(sample))));
    for (int i = 0; i < mixtures; i++) {
      List<String> units = new ArrayList<>();
      int parts = 1 + random.nextInt(3);
      for (int part = 0; part < parts; part++) {
        units.add(signs(1 + random.nextInt(4)));
      }
      shapes.add(new TextPattern(units));
    }
    return shapes;
  }

  /** A text: a sample with changes, signs in any order, or a shape. */
  String text(int longest) {
    String text =
        switch (random.nextInt(samples.isEmpty() ? 2 : 4)) {
          case 0 -> signs(random.nextInt(40));
          case 1 ->
              new TextPattern(List.of(signs(1 + random.nextInt(3)))).text(random.nextInt(longest));
          default -> changed(samples.get(random.nextInt(samples.size())));
        };
    return text.length() <= longest ? text : text.substring(0, longest);
  }

  private String changed(String sample) {
    StringBuilder text = new StringBuilder(sample);
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(text.length() + 1);
      int end = Math.min(text.length(), at + random.nextInt(6));
      switch (random.nextInt(5)) {
        case 0 -> text.insert(at, sign());
        case 1 -> text.delete(at, end);
        case 2 -> text.replace(at, end, sign());
        case 3 -> text.insert(at, text.substring(at, end).repeat(1 + random.nextInt(8)));
        default -> text.setLength(at);
      }
    }
    return text.toString();
  }

  private String signs(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(sign());
    }
    return text.toString();
  }

  private String sign() {
    List<String> from = random.nextInt(4) == 0 ? COMMON : tokens;
    return from.get(random.nextInt(from.size()));
  }
}
