package dev.owlery.launcher.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.testkit.irc.IrcWitness;
import dev.owlery.testkit.irc.Ngircd;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The judge of the proofs is strict. */
class VerdictTest {

  @Test
  void aRunWithoutFaultIsClean() {
    assertThat(judged(all -> all).isClean()).isTrue();
  }

  @Test
  void aMissingAnswerIsLost() {
    Verdict verdict = judged(all -> all.stream().filter(line -> !line.endsWith("-2")).toList());
    assertThat(verdict.lost()).containsExactly(new Verdict.Fault("#a", 2));
  }

  @Test
  void anAnswerThatComesTwiceIsDoubled() {
    Verdict verdict =
        judged(all -> IntStream.range(0, all.size() + 1).mapToObj(i -> all.get(i % 6)).toList());
    assertThat(verdict.doubled()).containsExactly(new Verdict.Fault("#a", 0));
    assertThat(verdict.late()).isEmpty();
  }

  @Test
  void anAnswerBehindALaterOneOfItsRoomIsOutOfOrder() {
    Verdict verdict = judged(List::reversed);
    assertThat(verdict.late()).hasSize(4);
    assertThat(verdict.lost()).isEmpty();
  }

  @Test
  void anAnswerInTheWrongRoomCountsTwice() {
    Verdict verdict =
        judged(all -> all.stream().map(line -> line.replace("#b :n-x-1", "#a :n-x-1")).toList());
    assertThat(verdict.lost()).containsExactly(new Verdict.Fault("#b", 1));
    assertThat(verdict.doubled()).containsExactly(new Verdict.Fault("#a", 1));
  }

  /** Six commands into two rooms, and what became of their answers. */
  private static Verdict judged(Function<List<String>, List<String>> fate) {
    try (Ngircd server = Ngircd.start();
        IrcWitness witness = IrcWitness.connect(server, "ann");
        Speaker speaker = new Speaker(witness, List.of("#a", "#b"), "x", 1_000)) {
      speaker.allow(6);
      speaker.awaitSaid(Duration.ofSeconds(10));
      List<String> answers =
          IntStream.range(0, 6)
              .mapToObj(n -> ":owl!o@h PRIVMSG " + speaker.room(n) + " :" + speaker.text(n))
              .toList();
      return Verdict.of(speaker, "owl", fate.apply(answers));
    }
  }
}
