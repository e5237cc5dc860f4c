package dev.owlery.api.content;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A framed summary: a build's result, an issue, a feed's entry. Networks that have something like
 * it (Slack's attachments) show every part; others say the {@linkplain #plain() plain form}.
 *
 * @param fallback one line that stands for the whole card where nothing better can be shown; never
 *     empty
 * @param colour of the card's edge, {@code #rrggbb}
 * @param pretext what is said before the card
 * @param author who made what the card is about
 * @param title the heading
 * @param titleLink where the heading leads
 * @param text the body
 * @param fields short facts, in order
 * @param image a large picture
 * @param thumbnail a small picture
 * @param footer a last line in small print
 * @param footerIcon a picture beside the footer
 * @param at the time that the card is about
 */
public record Card(
    String fallback,
    Optional<String> colour,
    Optional<Text> pretext,
    Optional<Author> author,
    Optional<String> title,
    Optional<URI> titleLink,
    Optional<Text> text,
    List<Field> fields,
    Optional<URI> image,
    Optional<URI> thumbnail,
    Optional<String> footer,
    Optional<URI> footerIcon,
    Optional<Instant> at) {

  /**
   * Checks the fallback and the colour.
   *
   * @throws IllegalArgumentException if the fallback is blank or the colour is not {@code #rrggbb}
   */
  public Card {
    if (fallback.isBlank()) {
      throw new IllegalArgumentException("a card has a fallback: one line that stands for it");
    }
    if (colour.isPresent() && !colour.get().matches("#[0-9a-fA-F]{6}")) {
      throw new IllegalArgumentException("a card's colour is #rrggbb, not " + colour.get());
    }
    fields = List.copyOf(fields);
  }

  /**
   * Who made what the card is about.
   *
   * @param name shown
   * @param link where the name leads
   * @param icon a small picture
   */
  public record Author(String name, Optional<URI> link, Optional<URI> icon) {}

  /**
   * A short fact.
   *
   * @param title its name
   * @param value what it is
   * @param isShort whether two of them fit beside each other
   */
  public record Field(String title, String value, boolean isShort) {}

  /**
   * Starts a card.
   *
   * @param fallback one line that stands for the whole card
   * @return a builder for the rest
   */
  public static Builder card(String fallback) {
    return new Builder(fallback);
  }

  /**
   * The card in plain characters: heading, body, fields and link, or the fallback where there are
   * none of these.
   *
   * @return lines separated by {@code \n}
   */
  public String plain() {
    List<String> lines = new ArrayList<>();
    pretext.ifPresent(words -> lines.add(words.plain()));
    title.ifPresent(lines::add);
    text.ifPresent(words -> lines.add(words.plain()));
    fields.forEach(field -> lines.add(field.title() + ": " + field.value()));
    if (lines.isEmpty()) {
      lines.add(fallback);
    }
    titleLink.ifPresent(link -> lines.add(link.toString()));
    return String.join("\n", lines);
  }

  /** Collects the parts of a card. Not safe for use by several threads at once. */
  public static final class Builder {
    private final String fallback;
    private final List<Field> fields = new ArrayList<>();
    private Optional<String> colour = Optional.empty();
    private Optional<Text> pretext = Optional.empty();
    private Optional<Author> author = Optional.empty();
    private Optional<String> title = Optional.empty();
    private Optional<URI> titleLink = Optional.empty();
    private Optional<Text> text = Optional.empty();
    private Optional<URI> image = Optional.empty();
    private Optional<URI> thumbnail = Optional.empty();
    private Optional<String> footer = Optional.empty();
    private Optional<URI> footerIcon = Optional.empty();
    private Optional<Instant> at = Optional.empty();

    private Builder(String fallback) {
      this.fallback = fallback;
    }

    /**
     * Sets the colour of the edge.
     *
     * @param rrggbb for example {@code #2eb886}
     * @return this builder
     */
    public Builder colour(String rrggbb) {
      colour = Optional.of(rrggbb);
      return this;
    }

    /**
     * Sets what is said before the card.
     *
     * @param words the text
     * @return this builder
     */
    public Builder pretext(Text words) {
      pretext = Optional.of(words);
      return this;
    }

    /**
     * Sets the author.
     *
     * @param who the author
     * @return this builder
     */
    public Builder author(Author who) {
      author = Optional.of(who);
      return this;
    }

    /**
     * Sets the heading.
     *
     * @param heading one line
     * @return this builder
     */
    public Builder title(String heading) {
      title = Optional.of(heading);
      return this;
    }

    /**
     * Sets the heading and where it leads.
     *
     * @param heading one line
     * @param link its target
     * @return this builder
     */
    public Builder title(String heading, URI link) {
      titleLink = Optional.of(link);
      return title(heading);
    }

    /**
     * Sets the body.
     *
     * @param words the text
     * @return this builder
     */
    public Builder text(Text words) {
      text = Optional.of(words);
      return this;
    }

    /**
     * Adds a short fact.
     *
     * @param name its name
     * @param value what it is
     * @return this builder
     */
    public Builder field(String name, String value) {
      return field(new Field(name, value, true));
    }

    /**
     * Adds a fact.
     *
     * @param field the fact
     * @return this builder
     */
    public Builder field(Field field) {
      fields.add(field);
      return this;
    }

    /**
     * Sets the large picture.
     *
     * @param address where it is
     * @return this builder
     */
    public Builder image(URI address) {
      image = Optional.of(address);
      return this;
    }

    /**
     * Sets the small picture.
     *
     * @param address where it is
     * @return this builder
     */
    public Builder thumbnail(URI address) {
      thumbnail = Optional.of(address);
      return this;
    }

    /**
     * Sets the small print.
     *
     * @param line one line
     * @return this builder
     */
    public Builder footer(String line) {
      footer = Optional.of(line);
      return this;
    }

    /**
     * Sets the picture beside the small print.
     *
     * @param address where it is
     * @return this builder
     */
    public Builder footerIcon(URI address) {
      footerIcon = Optional.of(address);
      return this;
    }

    /**
     * Sets the time that the card is about.
     *
     * @param time the time
     * @return this builder
     */
    public Builder at(Instant time) {
      at = Optional.of(time);
      return this;
    }

    /**
     * Makes the card.
     *
     * @return the card
     * @throws IllegalArgumentException if a part is malformed
     */
    public Card build() {
      return new Card(
          fallback,
          colour,
          pretext,
          author,
          title,
          titleLink,
          text,
          fields,
          image,
          thumbnail,
          footer,
          footerIcon,
          at);
    }
  }
}
