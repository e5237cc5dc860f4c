package dev.owlery.launcher;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A name server on the loopback address that knows a few SRV records (RFC 1035, RFC 2782), all of
 * them on this machine.
 */
final class RecordsServer implements AutoCloseable {
  private static final int SRV = 33;
  private static final int HEADER = 12;
  private static final int ANSWER = 0x8580;
  private static final int NO_SUCH_NAME = 3;

  private final DatagramSocket socket;
  private final Map<String, List<Integer>> ports;

  private RecordsServer(Map<String, List<Integer>> ports) throws IOException {
    this.ports = ports;
    socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("records").start(this::serve);
  }

  /** The ports of each name, the best first. */
  static RecordsServer start(Map<String, List<Integer>> ports) throws IOException {
    return new RecordsServer(ports);
  }

  int port() {
    return socket.getLocalPort();
  }

  private void serve() {
    byte[] buffer = new byte[1_500];
    try {
      while (true) {
        DatagramPacket question = new DatagramPacket(buffer, buffer.length);
        socket.receive(question);
        byte[] answer = answer(Arrays.copyOf(buffer, question.getLength()));
        socket.send(new DatagramPacket(answer, answer.length, question.getSocketAddress()));
      }
    } catch (IOException closed) {
      return;
    }
  }

  private byte[] answer(byte[] question) throws IOException {
    StringBuilder name = new StringBuilder();
    int at = HEADER;
    while (question[at] > 0) {
      name.append(name.isEmpty() ? "" : ".")
          .append(new String(question, at + 1, question[at], StandardCharsets.US_ASCII));
      at += question[at] + 1;
    }
    int type = ByteBuffer.wrap(question).getShort(at + 1);
    List<Integer> found =
        type == SRV
            ? ports.getOrDefault(name.toString().toLowerCase(Locale.ROOT), List.of())
            : List.of();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(question, 0, 2);
    out.writeShort(found.isEmpty() ? ANSWER | NO_SUCH_NAME : ANSWER);
    out.writeShort(1);
    out.writeShort(found.size());
    out.writeInt(0);
    out.write(question, HEADER, at + 5 - HEADER);
    for (int i = 0; i < found.size(); i++) {
      record(i, found.get(i), out);
    }
    return bytes.toByteArray();
  }

  private static void record(int priority, int port, DataOutputStream out) throws IOException {
    byte[] target = "localhost".getBytes(StandardCharsets.US_ASCII);
    out.writeShort(0xc000 | HEADER);
    out.writeShort(SRV);
    out.writeShort(1);
    out.writeInt(60);
    out.writeShort(6 + target.length + 2);
    out.writeShort(priority);
    out.writeShort(0);
    out.writeShort(port);
    out.writeByte(target.length);
    out.write(target);
    out.writeByte(0);
  }

  @Override
  public void close() {
    socket.close();
  }
}
