package dev.owlery.adapter.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.adapter.xmpp.rpc.XmlRpcException;
import dev.owlery.adapter.xmpp.rpc.XmlRpcMessage;
import dev.owlery.adapter.xmpp.rpc.XmlRpcReader;
import dev.owlery.adapter.xmpp.rpc.XmlRpcWriter;
import dev.owlery.api.procedure.Value;
import dev.owlery.testkit.net.OtherPrograms;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Python's xmlrpc.client is the judge of what we write and read. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class XmlRpcJudgeTest {

  private static final int VALUES = 600;

  private static Process python;
  private static BufferedWriter question;
  private static BufferedReader answer;

  @BeforeAll
  static void callTheJudge() throws Exception {
    OtherPrograms.orSkip();
    Path script = Path.of(XmlRpcJudgeTest.class.getResource("xmlrpc_judge.py").toURI());
    python =
        new ProcessBuilder("python3", script.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    question = python.outputWriter(StandardCharsets.US_ASCII);
    answer = python.inputReader(StandardCharsets.US_ASCII);
  }

  @AfterAll
  static void dismissTheJudge() throws Exception {
    question.close();
    if (!python.waitFor(5, TimeUnit.SECONDS)) {
      python.destroyForcibly();
    }
  }

  private static String ask(String command, String argument) throws IOException {
    question.write(command + " " + argument + "\n");
    question.flush();
    String line = answer.readLine();
    assertThat(line).as("the judge's answer").isNotNull();
    return line;
  }

  private static String pack(String document) {
    return Base64.getEncoder().encodeToString(document.getBytes(StandardCharsets.UTF_8));
  }

  private static String write(Value value) throws XmlRpcException {
    return XmlRpcWriter.write(new XmlRpcMessage.RpcCall("judge", List.of(value)));
  }

  private static Value read(String line) throws XmlRpcException {
    String document = new String(Base64.getDecoder().decode(line), StandardCharsets.UTF_8);
    return ((XmlRpcMessage.RpcCall) XmlRpcReader.read(document)).arguments().getFirst();
  }

  @Test
  void whatWeWriteTheJudgeReadsAndWritesBack() throws Exception {
    Random dice = new Random(4711);
    for (int i = 0; i < VALUES; i++) {
      Value value = value(dice, 0);
      assertThat(read(ask("echo", pack(write(value))))).as("value %s", i).isEqualTo(value);
    }
  }

  @Test
  void whatTheJudgeWritesWeReadAndWriteBack() throws Exception {
    for (int seed = 0; seed < VALUES; seed++) {
      Value value = read(ask("give", Integer.toString(seed)));
      assertThat(ask("take", pack(write(value)))).as("value of seed %s", seed).isEqualTo("same");
    }
  }

  private static Value value(Random dice, int depth) {
    return switch (dice.nextInt(depth < 6 ? 11 : 7)) {
      case 0 -> new Value.Whole(dice.nextInt());
      case 1 -> new Value.Truth(dice.nextBoolean());
      case 2 -> new Value.Text(text(dice));
      case 3 -> new Value.Real(real(dice));
      case 4 ->
          new Value.Time(
              LocalDateTime.ofEpochSecond(
                  dice.nextLong(-62_000_000_000L, 253_000_000_000L), 0, ZoneOffset.UTC));
      case 5 -> {
        byte[] bytes = new byte[dice.nextInt(100)];
        dice.nextBytes(bytes);
        yield new Value.Binary(bytes);
      }
      case 6 -> Value.NIL;
      case 7, 8 -> {
        List<Value> values = new ArrayList<>();
        for (int i = dice.nextInt(6); i > 0; i--) {
          values.add(value(dice, depth + 1));
        }
        yield new Value.Row(values);
      }
      default -> {
        Map<String, Value> members = new LinkedHashMap<>();
        for (int i = dice.nextInt(6); i > 0; i--) {
          members.put(text(dice), value(dice, depth + 1));
        }
        yield Value.Struct.of(members);
      }
    };
  }

  /** Python writes a carriage return as it is, so that it comes back as a line feed. */
  private static String text(Random dice) {
    StringBuilder text = new StringBuilder();
    for (int i = dice.nextInt(30); i > 0; i--) {
      text.appendCodePoint(
          switch (dice.nextInt(5)) {
            case 0 -> dice.nextInt(0x20, 0x7f);
            case 1 -> "\t\n&<>\"']".charAt(dice.nextInt(8));
            case 2 -> dice.nextInt(0xa0, 0xd800);
            case 3 -> dice.nextInt(0xe000, 0xfffe);
            default -> dice.nextInt(0x10000, 0x10fffe);
          });
    }
    return text.toString();
  }

  private static double real(Random dice) {
    return switch (dice.nextInt(3)) {
      case 0 -> dice.nextDouble(-1e3, 1e3);
      case 1 ->
          List.of(0.0, -0.0, 1e16, -1e-5, Double.MIN_VALUE, Double.MAX_VALUE).get(dice.nextInt(6));
      default -> dice.nextDouble(-1, 1) * Math.pow(10, dice.nextInt(-300, 300));
    };
  }
}
