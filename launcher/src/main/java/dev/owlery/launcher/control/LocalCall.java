package dev.owlery.launcher.control;

import dev.owlery.api.action.Ask;
import dev.owlery.api.action.EndCall;
import dev.owlery.api.adapter.AdapterContext;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.command.FormField;
import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.event.CommandCalled;
import dev.owlery.api.event.FormAnswered;
import dev.owlery.api.event.Origin;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One command over the control socket. One thread reads what the client answers; what it is told
 * goes out on another, in order.
 */
final class LocalCall {

  static final Duration SIGN_OF_LIFE = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofHours(1);

  /** Whatever JSON makes of so many characters fits into a line. */
  private static final int PIECE = 10_000;

  private static final Outcome GONE = Outcome.refused("the client is gone");

  private final AdapterContext context;
  private final String key = "local-" + UUID.randomUUID();
  private final Conversation where;
  private final Member caller;
  private final String line;
  private final boolean asks;
  private final ControlConnection client;
  private final Duration signOfLife;
  private final ScheduledExecutorService out =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("control-out").factory());
  private volatile Optional<String> question = Optional.empty();
  private volatile boolean unanswered;

  LocalCall(
      AdapterContext context,
      int uid,
      String line,
      boolean asks,
      ControlConnection client,
      Duration signOfLife) {
    this.context = context;
    this.signOfLife = signOfLife;
    this.where = Conversation.direct(LocalAccount.ID, Integer.toString(uid)).inThread(key);
    this.caller = Member.verified(Integer.toString(uid), LocalAccount.identity(uid));
    this.line = line;
    this.asks = asks;
    this.client = client;
  }

  String key() {
    return key;
  }

  /** Publishes the command and reads answers until the client is gone, or the call is over. */
  void run() throws IOException {
    var _ =
        out.scheduleAtFixedRate(
            () -> {
              var _ = send(List.of(Map.of("wait", true)));
            },
            signOfLife.toMillis(),
            signOfLife.toMillis(),
            TimeUnit.MILLISECONDS);
    publish(new CommandCalled(Origin.live(key, context.clock().instant()), where, caller, line));
    try {
      while (client.isOpen()) {
        answered(client.receive(LONGEST));
      }
    } finally {
      cancel();
    }
  }

  private void answered(Map<String, Object> answer) {
    Optional<String> asked = question;
    question = Optional.empty();
    Map<String, String> values = new HashMap<>();
    if (answer.get("answer") instanceof Map<?, ?> given) {
      given.forEach((name, value) -> values.put(String.valueOf(name), String.valueOf(value)));
    }
    asked.ifPresent(token -> publish(token, values, values.isEmpty()));
  }

  private void cancel() {
    Optional<String> asked = question;
    question = Optional.empty();
    asked.ifPresent(token -> publish(token, Map.of(), true));
  }

  /** Publishes what the client says; what cannot be recorded ends the call. May wait. */
  private void publish(ChatEvent event) {
    var _ =
        context
            .publish(event)
            .whenComplete((fresh, failure) -> {
              if (failure != null) {
                var _ = later(() -> notRecorded(failure));
              }
            });
  }

  private Outcome notRecorded(Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    Outcome outcome =
        send(
            List.of(
                Map.of(
                    "error",
                    "the bot could not record this, so nothing was done: "
                        + cause.getMessage()
                        + "; its log says more"),
                Map.of("end", 1)));
    client.close();
    return outcome;
  }

  private void publish(String token, Map<String, String> values, boolean cancelled) {
    publish(
        new FormAnswered(
            Origin.live("local-" + UUID.randomUUID(), context.clock().instant()),
            where,
            caller,
            token,
            values,
            cancelled));
  }

  CompletionStage<Outcome> say(String text) {
    List<Map<String, ?>> pieces = new ArrayList<>();
    int from = 0;
    while (text.length() - from > PIECE) {
      int to = from + PIECE;
      to -= Character.isHighSurrogate(text.charAt(to - 1)) ? 1 : 0;
      pieces.add(Map.of("say", text.substring(from, to), "continues", true));
      from = to;
    }
    pieces.add(Map.of("say", text.substring(from)));
    return later(() -> send(pieces));
  }

  CompletionStage<Outcome> ask(Ask ask) {
    return later(() -> {
      if (!asks) {
        unanswered = true;
        Outcome outcome =
            send(
                List.of(
                    Map.of(
                        "error",
                        "this command asks something ("
                            + ask.form().title()
                            + "): run it in a terminal, where it can be answered")));
        publish(ask.question(), Map.of(), true);
        return outcome;
      }
      question = Optional.of(ask.question());
      return send(
          List.of(
              Map.of(
                  "ask",
                  ask.form().title(),
                  "fields",
                  ask.form().fields().stream().map(LocalCall::field).toList())));
    });
  }

  private static Map<String, Object> field(FormField field) {
    return Map.of(
        "name", field.name(),
        "label", field.label(),
        "kind", field.kind().name(),
        "options", field.options(),
        "preset", field.preset().orElse(""));
  }

  CompletionStage<Outcome> end(Optional<EndCall.Failure> trouble) {
    int code =
        trouble
            .map(why ->
                switch (why) {
                  case MISUNDERSTOOD -> 2;
                  case FAILED -> 1;
                })
            .orElse(unanswered ? 1 : 0);
    return later(() -> {
      Outcome outcome = send(List.of(Map.of("end", code)));
      client.close();
      return outcome;
    });
  }

  /** Nothing more is told. */
  void end() {
    out.shutdown();
    client.close();
  }

  private CompletionStage<Outcome> later(Supplier<Outcome> work) {
    try {
      return CompletableFuture.supplyAsync(work, out);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.completedStage(GONE);
    }
  }

  private Outcome send(List<? extends Map<String, ?>> lines) {
    try {
      for (Map<String, ?> each : lines) {
        client.send(each);
      }
      return Outcome.DELIVERED;
    } catch (IOException e) {
      client.close();
      return GONE;
    }
  }
}
