package dev.owlery.core.command;

import dev.owlery.api.command.CommandCall;
import dev.owlery.api.command.TypedText;
import java.util.Arrays;
import org.incendo.cloud.context.CommandContext;
import org.incendo.cloud.context.CommandInput;
import org.incendo.cloud.key.CloudKey;

/**
 * A command line as it was typed, and as the framework can read it: with a space for each blank
 * that the framework does not know, and with hyphens before flags and numbers where a keyboard has
 * made dashes of them. Arguments that are texts are taken from what was typed. Immutable.
 */
final class CommandLine {

  private static final CloudKey<CommandLine> KEY = CloudKey.of("owlery:line", CommandLine.class);

  private final String typed;
  private final String readable;

  /**
   * For each character of the readable line its place in the typed one; empty if they are equal.
   */
  private final int[] places;

  private CommandLine(String typed, String readable, int[] places) {
    this.typed = typed;
    this.readable = readable;
    this.places = places;
  }

  /**
   * Reads a line.
   *
   * @param typed without prefix and mention
   * @return the line
   */
  static CommandLine of(String typed) {
    int first = 0;
    while (first < typed.length() && typed.charAt(first) >= ' ' && typed.charAt(first) < 0x80) {
      first++;
    }
    return first == typed.length()
        ? new CommandLine(typed, typed, new int[0])
        : new Rewriting(typed).line();
  }

  /** The line for the framework. */
  String readable() {
    return readable;
  }

  /** Lets the parsers know what was typed. */
  void noteIn(CommandContext<CommandCall> context) {
    context.store(KEY, this);
  }

  /**
   * What was typed of a part of the framework's line.
   *
   * @param context of the call
   * @param input the framework's line
   * @param from where the part begins in it
   * @param to where it ends
   * @return the same part as it was typed; as it is if it was not typed, such as a standard value
   */
  static String typed(CommandContext<CommandCall> context, CommandInput input, int from, int to) {
    String part = input.input().substring(from, to);
    return context
        .optional(KEY)
        .filter(line -> to <= line.places.length && line.readable.startsWith(part, from))
        .map(line -> line.typed(from, to))
        .orElse(part);
  }

  private String typed(int from, int to) {
    int end = to < places.length ? places[to] : typed.length();
    return typed.substring(from < places.length ? places[from] : typed.length(), end);
  }

  /** Makes the readable line, from left to right. */
  private static final class Rewriting {
    private final String typed;
    private final StringBuilder readable;
    private int[] places;

    Rewriting(String typed) {
      this.typed = typed;
      this.readable = new StringBuilder(typed.length() + 8);
      this.places = new int[typed.length() + 8];
    }

    CommandLine line() {
      boolean afterBlank = true;
      int at = 0;
      while (at < typed.length()) {
        char c = typed.charAt(at);
        int dashes = afterBlank ? dashes(at) : 0;
        if (dashes > 0) {
          hyphens(at, dashes);
          at += dashes;
        } else {
          add(TypedText.isBlank(c) ? ' ' : c, at);
          at++;
        }
        afterBlank = TypedText.isBlank(c);
      }
      String line = readable.toString();
      return line.equals(typed)
          ? new CommandLine(typed, typed, new int[0])
          : new CommandLine(typed, line, Arrays.copyOf(places, readable.length()));
    }

    private void add(char c, int place) {
      if (readable.length() == places.length) {
        places = Arrays.copyOf(places, 2 * places.length);
      }
      places[readable.length()] = place;
      readable.append(c);
    }

    /** How many dashes stand before a flag or a number; 0 if that is none. */
    private int dashes(int from) {
      int at = from;
      while (at < typed.length() && at < from + 3 && TypedText.isDash(typed.charAt(at))) {
        at++;
      }
      boolean before = at < typed.length() && Character.isLetterOrDigit(typed.charAt(at));
      return before && at < from + 3 ? at - from : 0;
    }

    /** Keyboards make one dash of two hyphens; before one letter or a number it was one. */
    private void hyphens(int at, int dashes) {
      char next = typed.charAt(at + dashes);
      boolean isShort = Character.isDigit(next) || TypedText.wordEnd(typed, at) - at - dashes == 1;
      boolean wasTwo = dashes == 1 && typed.charAt(at) != '-' && !isShort;
      for (int i = 0; i < dashes; i++) {
        add('-', at + i);
      }
      if (wasTwo) {
        add('-', at);
      }
    }
  }
}
