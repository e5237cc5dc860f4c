package dev.owlery.adapter.slack.text;

import com.slack.api.methods.request.chat.ChatPostMessageRequest.ChatPostMessageRequestBuilder;
import com.slack.api.model.Attachment;
import com.slack.api.model.block.LayoutBlock;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.FileRef;
import dev.owlery.api.content.Span;
import dev.owlery.api.content.Text;
import dev.owlery.api.content.Tone;
import dev.owlery.api.slack.SlackNotation;
import java.util.ArrayList;
import java.util.List;

/**
 * Content as Slack's methods take it.
 *
 * @param text what notifications show, and the message itself where there are no blocks; its signs
 *     stand for themselves
 * @param blocks the marked text, if any
 * @param attachments the cards
 */
public record RenderedMessage(String text, List<LayoutBlock> blocks, List<Attachment> attachments) {

  /** Slack advises no more; it cuts at ten times that. */
  static final int LONGEST_TEXT = 3_500;

  /** Slack advises no more than 20; it refuses more than 100. */
  static final int MOST_CARDS = 20;

  /**
   * Puts it into a request for posting, where nothing in the text means anything but itself.
   *
   * @param request a new request
   * @return the same
   */
  public ChatPostMessageRequestBuilder into(ChatPostMessageRequestBuilder request) {
    request
        .text(text)
        .mrkdwn(false)
        .parse("none")
        .linkNames(false)
        .unfurlLinks(false)
        .unfurlMedia(false);
    if (!blocks.isEmpty()) {
      request.blocks(blocks);
    }
    if (!attachments.isEmpty()) {
      request.attachments(attachments);
    }
    return request;
  }

  /**
   * Renders content.
   *
   * @param content what to say
   * @param tone how
   * @return for one message
   */
  public static RenderedMessage of(Content content, Tone tone) {
    List<Span> spans = spans(content, tone);
    boolean marked =
        !spans.stream().allMatch(span -> span instanceof Span.Words || span instanceof Span.Break);
    String plain = SlackNotation.text(spans).plain();
    return new RenderedMessage(
        Escapes.text(plain),
        marked ? List.of(RichTextWriter.write(spans)) : List.of(),
        content.cards().stream().map(CardWriter::write).toList());
  }

  /**
   * Renders content for changing a message, where Slack reads marks in the text whatever one says.
   *
   * @param content what to say
   * @return for one message; its blocks say what the text says
   */
  public static RenderedMessage forUpdate(Content content) {
    RenderedMessage plain = of(content, Tone.NORMAL);
    List<Span> spans = spans(content, Tone.NORMAL);
    return plain.blocks().isEmpty() && !spans.isEmpty()
        ? new RenderedMessage(
            plain.text(), List.of(RichTextWriter.write(spans)), plain.attachments())
        : plain;
  }

  private static List<Span> spans(Content content, Tone tone) {
    List<Span> spans = new ArrayList<>(content.text().spans());
    for (FileRef file : content.files()) {
      if (!spans.isEmpty()) {
        spans.add(new Span.Break());
      }
      spans.add(new Span.Words(file.plain()));
    }
    return tone == Tone.DEED && !spans.isEmpty() ? List.of(new Span.Emphasis(spans)) : spans;
  }

  /**
   * Cuts content into what fits into one message each.
   *
   * @param content any content
   * @return at least one; the content itself if it fits
   */
  public static List<Content> divide(Content content) {
    String plain = content.text().plain();
    if (plain.length() <= LONGEST_TEXT && content.cards().size() <= MOST_CARDS) {
      return List.of(content);
    }
    List<Content> parts = new ArrayList<>();
    if (plain.length() <= LONGEST_TEXT) {
      parts.add(new Content(content.text(), List.of(), content.files()));
    } else {
      pieces(plain).forEach(piece -> parts.add(Content.of(Text.plain(piece))));
      parts.add(new Content(Text.EMPTY, List.of(), content.files()));
    }
    for (int i = 0; i < content.cards().size(); i += MOST_CARDS) {
      int end = Math.min(i + MOST_CARDS, content.cards().size());
      parts.add(new Content(Text.EMPTY, content.cards().subList(i, end), List.of()));
    }
    parts.removeIf(RenderedMessage::isNothing);
    return parts.isEmpty() ? List.of(content) : parts;
  }

  /**
   * Whether there is nothing to say.
   *
   * @param content any content
   * @return true if Slack would refuse it as empty
   */
  public static boolean isNothing(Content content) {
    return SlackNotation.clean(content.text().plain()).isBlank()
        && content.cards().isEmpty()
        && content.files().isEmpty();
  }

  /** Cuts at the end of a line, else behind a word, else between two characters. */
  private static List<String> pieces(String text) {
    List<String> pieces = new ArrayList<>();
    int at = 0;
    while (text.length() - at > LONGEST_TEXT) {
      int limit = at + LONGEST_TEXT;
      int cut = text.lastIndexOf('\n', limit);
      cut = cut > at + LONGEST_TEXT / 2 ? cut : text.lastIndexOf(' ', limit);
      boolean hard = cut <= at;
      int end = hard ? (Character.isLowSurrogate(text.charAt(limit)) ? limit - 1 : limit) : cut;
      pieces.add(text.substring(at, end));
      at = hard ? end : end + 1;
    }
    pieces.add(text.substring(at));
    pieces.removeIf(String::isBlank);
    return pieces;
  }
}
