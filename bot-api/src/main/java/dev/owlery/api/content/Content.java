package dev.owlery.api.content;

import java.util.List;

/**
 * What one message says: text, and perhaps cards and files with it.
 *
 * @param text the words; may be empty if there are cards or files
 * @param cards framed summaries, shown after the text; where a network has none, their fallback is
 *     said
 * @param files references to files that belong to the message
 */
public record Content(Text text, List<Card> cards, List<FileRef> files) {

  /** Copies the lists, so that the content stays as it is. */
  public Content {
    cards = List.copyOf(cards);
    files = List.copyOf(files);
  }

  /**
   * Plain text only.
   *
   * @param plain any text; every character stands for itself
   * @return the content
   */
  public static Content of(String plain) {
    return of(Text.plain(plain));
  }

  /**
   * Text only.
   *
   * @param text the words
   * @return the content
   */
  public static Content of(Text text) {
    return new Content(text, List.of(), List.of());
  }

  /**
   * One card.
   *
   * @param card the card; its fallback stands for it where a network has no cards
   * @return the content, without further text
   */
  public static Content of(Card card) {
    return new Content(Text.EMPTY, List.of(card), List.of());
  }

  /**
   * All that can be said in plain characters: the text, then each card's fallback, then the files'
   * names.
   *
   * @return lines separated by {@code \n}
   */
  public String plain() {
    if (cards.isEmpty() && files.isEmpty()) {
      return text.plain();
    }
    StringBuilder all = new StringBuilder(text.plain());
    cards.forEach(card -> line(all, card.plain()));
    files.forEach(file -> line(all, file.plain()));
    return all.toString();
  }

  private static void line(StringBuilder all, String line) {
    all.append(all.isEmpty() ? "" : "\n").append(line);
  }
}
