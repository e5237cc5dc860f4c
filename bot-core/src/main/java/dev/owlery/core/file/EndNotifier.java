package dev.owlery.core.file;

import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.event.Origin;
import dev.owlery.api.event.TransferDelayed;
import dev.owlery.api.event.TransferEnded;
import dev.owlery.spi.EngineThreads;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Tells the ends of transfers as events: each once, since the inbox knows the key.
 *
 * @param inbox records an event; completes when that is durable
 * @param book where it is noted
 */
record EndNotifier(Function<ChatEvent, CompletionStage<Boolean>> inbox, TransferTable book) {

  /** Publishes that a transfer is delayed. The inbox may make its caller wait. */
  void delayed(TransferRow row, Instant now) {
    EngineThreads.start(
        "delayed-" + row.id(),
        () -> {
          var _ =
              inbox.apply(
                  new TransferDelayed(
                      Origin.live("delayed-" + row.id(), now),
                      row.transfer().where(),
                      row.transfer()));
        });
  }

  /** Tells an end that is written down. The inbox may make its caller wait. */
  void notify(TransferRow row, Instant now) {
    EngineThreads.start(
        "told-" + row.id(),
        () ->
            inbox
                .apply(
                    new TransferEnded(
                        Origin.live("transfer-" + row.id(), now),
                        row.transfer().where(),
                        row.transfer()))
                .whenComplete((fresh, failure) -> {
                  if (failure == null) {
                    book.put(row.isTold(), () -> {});
                  } // else the next process tells it
                }));
  }
}
