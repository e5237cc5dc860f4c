package dev.owlery.core.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Identity;
import dev.owlery.api.chat.Member;
import dev.owlery.api.event.CommandCalled;
import dev.owlery.api.event.MemberJoined;
import dev.owlery.api.event.Origin;
import dev.owlery.core.outbox.Priority;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** For whom something leaves before something else. */
class ReplyPriorityTest {

  private static final Conversation OWLS = Conversation.room(new AccountId("net"), "#owls");
  private static final Member ANN = Member.verified("ann", Identity.parse("net/ann"));
  private static final Member STRANGER = Member.unverified("stranger");
  private static final Origin ORIGIN = Origin.live("k1", Instant.EPOCH);

  @Test
  void answersToPeopleForWhomTheNetworkVouchesGoFirst() {
    assertThat(ReplyPriority.of(new CommandCalled(ORIGIN, OWLS, ANN, "echo")))
        .isEqualTo(Priority.PERSON);
    assertThat(ReplyPriority.of(new CommandCalled(ORIGIN, OWLS, STRANGER, "echo")))
        .isEqualTo(Priority.STRANGER);
  }

  @Test
  void whatStrangersBringAboutWithoutAskingComesNoSoonerThanTheirAnswers() {
    assertThat(ReplyPriority.of(new MemberJoined(ORIGIN, OWLS, STRANGER)))
        .isEqualTo(Priority.STRANGER);
    assertThat(ReplyPriority.of(new MemberJoined(ORIGIN, OWLS, ANN))).isEqualTo(Priority.NORMAL);
  }
}
