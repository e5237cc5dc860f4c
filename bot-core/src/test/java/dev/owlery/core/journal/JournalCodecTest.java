package dev.owlery.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.owlery.api.action.Action;
import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.command.Form;
import dev.owlery.api.command.FormField;
import dev.owlery.api.content.Card;
import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.settings.Secret;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class JournalCodecTest {

  private final JournalCodec codec = new JournalCodec();

  @TestFactory
  Stream<DynamicTest> everyEventIsReadAsItWasWritten() {
    return Arrays.stream(ChatEvent.class.getPermittedSubclasses())
        .flatMap(type -> Stream.of(full(type), bare(type)))
        .map(ChatEvent.class::cast)
        .map(event ->
            DynamicTest.dynamicTest(
                event.getClass().getSimpleName(),
                () -> assertThat(codec.readEvent(codec.write(event))).isEqualTo(event)));
  }

  @TestFactory
  Stream<DynamicTest> everyActionIsReadAsItWasWritten() {
    return Arrays.stream(Action.class.getPermittedSubclasses())
        .flatMap(type -> Stream.of(full(type), bare(type)))
        .map(Action.class::cast)
        .map(action ->
            DynamicTest.dynamicTest(
                action.getClass().getSimpleName(),
                () -> assertThat(codec.readAction(codec.write(action))).isEqualTo(action)));
  }

  @Test
  void anEntryIsReadableAndHoldsNothingEmpty() {
    assertThat(codec.write(JournalContract.said(JournalContract.OWLS, "k1", "tab\there \"ö\"")))
        .isEqualTo(
            """
            {"type":"MessagePosted",\
            "origin":{"key":"k1","at":"2026-11-22T12:00:00Z","delivery":"LIVE"},\
            "where":{"account":"libera","kind":"ROOM","room":"#owls"},\
            "sender":{"handle":"alice","displayName":"alice","isBot":false,"isSelf":false},\
            "content":{"text":{"source":"tab\\there \\"ö\\"","syntax":"PLAIN"}},\
            "tone":"NORMAL"}\
            """);
  }

  @Test
  void fieldsOfALaterVersionArePassedOver() throws IOException {
    String later =
        """
        {"type":"Leave","mood":{"deep":[1,{"a":null}]},
         "where":{"account":"libera","kind":"ROOM","room":"#owls","colour":"grey"},"reason":"bye"}
        """;
    assertThat(codec.readAction(later))
        .isEqualTo(new dev.owlery.api.action.Leave(JournalContract.OWLS, "bye"));
  }

  @Test
  void whatIsMalformedSaysWhy() {
    assertThatThrownBy(() -> codec.readAction("{\"type\":\"Leave\",\"reason\":\"bye\"}"))
        .isInstanceOf(IOException.class)
        .hasMessage("a Leave without where");
    assertThatThrownBy(() -> codec.readAction("{\"type\":\"Sing\"}"))
        .isInstanceOf(IOException.class)
        .hasMessage("there is no Action \"Sing\"");
    assertThatThrownBy(() -> codec.readEvent("{")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> codec.readEvent("[]")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> codec.readEvent("")).isInstanceOf(IOException.class);
  }

  /** A record with something in every component. */
  private static Object full(Type type) {
    return value(type, true);
  }

  /** A record with nothing in the components that may be empty. */
  private static Object bare(Type type) {
    return value(type, false);
  }

  private static Object value(Type type, boolean full) {
    if (type instanceof ParameterizedType generic) {
      Type[] of = generic.getActualTypeArguments();
      if (generic.getRawType() == Optional.class) {
        return full ? Optional.of(value(of[0], true)) : Optional.empty();
      } else if (generic.getRawType() == List.class) {
        return full ? List.of(value(of[0], true), value(of[0], false)) : List.of();
      }
      return full ? Map.of("a", value(of[1], true), "b \"", value(of[1], true)) : Map.of();
    }
    Class<?> raw = (Class<?>) type;
    if (raw == String.class) {
      return "text \u0001\n\uD83E\uDD89 \"'\\";
    } else if (raw == boolean.class) {
      return full;
    } else if (raw == long.class) {
      return full ? Long.MAX_VALUE : 0L;
    } else if (raw == Instant.class) {
      return Instant.parse("2026-11-22T12:00:00.123456789Z");
    } else if (raw == URI.class) {
      return URI.create("https://example.org/a?b=c");
    } else if (raw == OptionalLong.class) {
      return full ? OptionalLong.of(Long.MAX_VALUE) : OptionalLong.empty();
    } else if (raw.isEnum()) {
      return raw.getEnumConstants()[raw.getEnumConstants().length - 1];
    } else if (raw == AccountId.class) {
      return new AccountId("libera");
    } else if (raw == Conversation.class) {
      Conversation room = Conversation.direct(new AccountId("libera"), "ünïcode \"x\"");
      return full ? room.inThread("t1") : room;
    } else if (raw == Secret.class) {
      return new Secret("geheim");
    } else if (raw == Form.class) {
      FormField choice = FormField.choice("a", "A?", List.of("x", "y \""));
      return new Form(
          "Title", full ? List.of(choice, FormField.number("b", "B?")) : List.of(choice));
    } else if (raw == Card.class) {
      return Card.card("fallback").colour("#ff0000").field("a", "b").at(Instant.EPOCH).build();
    }
    return record(raw, full);
  }

  private static Object record(Class<?> raw, boolean full) {
    RecordComponent[] components = raw.getRecordComponents();
    try {
      return raw.getConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new))
          .newInstance(
              Arrays.stream(components).map(each -> value(each.getGenericType(), full)).toArray());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("cannot make a " + raw, e);
    }
  }
}
