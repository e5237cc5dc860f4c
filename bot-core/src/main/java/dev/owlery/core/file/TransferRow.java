package dev.owlery.core.file;

import dev.owlery.api.chat.Member;
import dev.owlery.api.content.FileRef;
import dev.owlery.api.file.Transfer;
import dev.owlery.api.file.Transfer.State;
import java.util.Optional;

/**
 * A transfer as it is written down.
 *
 * @param number grows in the order in which transfers were asked for
 * @param transfer what everybody may know of it
 * @param sender who offered it; empty for what the bot sends
 * @param offer the transport's name for the offer; empty for what the bot sends
 * @param folder where it is received; empty for what the bot sends
 * @param limit how many bytes are received at most
 * @param forced the only transport that may carry it; empty for any
 * @param attempts how many were begun
 * @param told whether its end was told as an event
 */
public record TransferRow(
    long number,
    Transfer transfer,
    Optional<Member> sender,
    String offer,
    String folder,
    long limit,
    String forced,
    long attempts,
    boolean told) {

  String id() {
    return transfer.id();
  }

  String peer() {
    return transfer.where().address();
  }

  boolean isOut() {
    return transfer.direction() == Transfer.Direction.OUT;
  }

  TransferRow with(State state, String detail) {
    return with(transfer.file(), state, transfer.moved(), transfer.transport(), detail);
  }

  TransferRow with(FileRef file, State state, long moved, String transport, String detail) {
    return new TransferRow(
        number,
        new Transfer(
            transfer.id(),
            transfer.direction(),
            transfer.where(),
            transfer.author(),
            file,
            state,
            moved,
            transport,
            detail,
            transfer.madeAt()),
        sender,
        offer,
        folder,
        limit,
        forced,
        attempts,
        told);
  }

  TransferRow attempted(String transport) {
    TransferRow next =
        with(transfer.file(), State.WAITING, transfer.moved(), transport, transfer.detail());
    return new TransferRow(
        number, next.transfer, sender, offer, folder, limit, forced, attempts + 1, told);
  }

  /** The bytes of the file are here, and right. */
  TransferRow verified(FileRef file, String sha256) {
    FileRef whole =
        new FileRef(
            file.name(),
            file.mediaType(),
            file.size(),
            Optional.of(file.sha256().orElse(sha256)),
            file.location());
    return with(whole, State.RUNNING, file.size().orElse(0), transfer.transport(), "");
  }

  /** The same file, offered anew. */
  TransferRow offered(String transport, String fresh, String into, long most) {
    TransferRow next = with(transfer.file(), State.WAITING, transfer.moved(), transport, "");
    return new TransferRow(
        number, next.transfer, sender, fresh, into, most, forced, attempts, told);
  }

  TransferRow isTold() {
    return new TransferRow(number, transfer, sender, offer, folder, limit, forced, attempts, true);
  }
}
