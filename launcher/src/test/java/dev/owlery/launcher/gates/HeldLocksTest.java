package dev.owlery.launcher.gates;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * No adapter waits for the core with a monitor held: the core calls adapters on the journal's own
 * thread, and if that wants the same monitor, the whole bot stands still. Read from the class
 * files: what is called, however indirectly, within {@code synchronized}.
 */
@Timeout(180)
final class HeldLocksTest {

  /** What waits while the journal, or the inbox, is full. */
  private static final Set<String> WAITS =
      Set.of(
          "dev/owlery/api/plugin/Store.put",
          "dev/owlery/api/plugin/Store.remove",
          "dev/owlery/api/adapter/AdapterContext.publish",
          "dev/owlery/api/adapter/AdapterContext.report",
          "dev/owlery/core/journal/JournalWriter.submit",
          "dev/owlery/core/lane/Lanes.reserve");

  /** Monitors that nothing wants which the core calls, or which runs when something is recorded. */
  private static final Map<String, String> HARMLESS =
      Map.of(
          "RateLimits.hold", "orders the writes; only those who write want it",
          "MucMessages", "orders what is published; look-ups want it on a thread of their own",
          "SlackInbound", "orders what is published; only those who publish want it",
          "DirectInbound", "orders what is published; only those who publish want it");

  private record Method(String owner, String name, String type) {
    @Override
    public String toString() {
      return owner.substring(owner.lastIndexOf('/') + 1) + "." + name;
    }
  }

  private static final Map<Method, Set<Method>> calls = new HashMap<>();
  private static final Map<Method, Set<Method>> callsWithMonitor = new HashMap<>();
  private static final Map<String, Set<String>> implementations = new HashMap<>();

  @BeforeAll
  static void readTheClassFiles() throws IOException {
    Path root = Path.of(System.getProperty("owlery.root", ".."));
    try (Stream<Path> modules = Files.list(root)) {
      modules
          .map(module -> module.resolve("target/classes/dev/owlery"))
          .filter(Files::isDirectory)
          .flatMap(HeldLocksTest::classFiles)
          .forEach(HeldLocksTest::read);
    }
  }

  private static Stream<Path> classFiles(Path below) {
    try (Stream<Path> files = Files.walk(below)) {
      return files.filter(file -> file.toString().endsWith(".class")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void read(Path file) {
    try {
      ClassModel type = ClassFile.of().parse(file);
      String owner = type.thisClass().asInternalName();
      type.interfaces()
          .forEach(each ->
              implementations
                  .computeIfAbsent(each.asInternalName(), _ -> new TreeSet<>())
                  .add(owner));
      for (MethodModel method : type.methods()) {
        method.code().ifPresent(code -> read(owner, method, code));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void read(String owner, MethodModel method, CodeModel code) {
    Method caller =
        new Method(owner, method.methodName().stringValue(), method.methodType().stringValue());
    boolean isSynchronized = method.flags().has(AccessFlag.SYNCHRONIZED);
    List<CodeElement> elements = code.elementList();
    BitSet guarded = guarded(code, elements);
    for (int i = 0; i < elements.size(); i++) {
      Optional<Method> called = called(elements.get(i));
      if (called.isPresent()) {
        calls.computeIfAbsent(caller, _ -> new LinkedHashSet<>()).add(called.get());
        if (isAdapters(owner) && (isSynchronized || guarded.get(i))) {
          callsWithMonitor.computeIfAbsent(caller, _ -> new LinkedHashSet<>()).add(called.get());
        }
      }
    }
  }

  private static boolean isAdapters(String owner) {
    return owner.startsWith("dev/owlery/adapter/") || owner.startsWith("dev/owlery/spi/");
  }

  /** What lies within synchronized blocks: the compiler lets go of the monitor on each way out. */
  private static BitSet guarded(CodeModel code, List<CodeElement> elements) {
    Map<Label, Integer> places = new HashMap<>();
    for (int i = 0; i < elements.size(); i++) {
      if (elements.get(i) instanceof LabelTarget target) {
        places.put(target.label(), i);
      }
    }
    BitSet guarded = new BitSet();
    for (ExceptionCatch handler : code.exceptionHandlers()) {
      List<CodeElement> first =
          elements.subList(places.get(handler.handler()), elements.size()).stream()
              .filter(Instruction.class::isInstance)
              .limit(3)
              .toList();
      if (handler.catchType().isEmpty() && first.getLast() instanceof MonitorInstruction) {
        guarded.set(places.get(handler.tryStart()), places.get(handler.tryEnd()));
      }
    }
    return guarded;
  }

  /** A lambda counts as called where it is made. */
  private static Optional<Method> called(CodeElement element) {
    if (element instanceof InvokeInstruction call) {
      return Optional.of(
          new Method(
              call.owner().asInternalName(), call.name().stringValue(), call.type().stringValue()));
    }
    if (element instanceof InvokeDynamicInstruction made) {
      return made.bootstrapArgs().stream()
          .filter(DirectMethodHandleDesc.class::isInstance)
          .map(DirectMethodHandleDesc.class::cast)
          .map(body ->
              new Method(
                  body.owner().descriptorString().replaceAll("^L|;$", ""),
                  body.methodName(),
                  body.lookupDescriptor()))
          .findFirst();
    }
    return Optional.empty();
  }

  @Test
  void noAdapterWaitsForTheCoreWithAMonitorHeld() {
    Set<String> found = new TreeSet<>();
    callsWithMonitor.forEach((caller, all) -> {
      String name = caller.toString();
      boolean isHarmless =
          HARMLESS.containsKey(name) || HARMLESS.containsKey(name.substring(0, name.indexOf('.')));
      if (!isHarmless) {
        all.forEach(each -> wayToWait(each).ifPresent(way -> found.add(name + " " + way)));
      }
    });
    assertThat(found).isEmpty();
  }

  @Test
  void monitorsThatAreHeldMeanwhileAreSeen() {
    Set<String> holders = new HashSet<>();
    callsWithMonitor.forEach((caller, all) -> {
      if (all.stream().anyMatch(each -> wayToWait(each).isPresent())) {
        String name = caller.toString();
        holders.add(HARMLESS.containsKey(name) ? name : name.substring(0, name.indexOf('.')));
      }
    });
    assertThat(holders).containsAll(HARMLESS.keySet());
  }

  /** How a call comes to wait, if it does. */
  private static Optional<List<Method>> wayToWait(Method from) {
    Deque<List<Method>> ways = new ArrayDeque<>(List.of(List.of(from)));
    Set<Method> seen = new HashSet<>(Set.of(from));
    for (List<Method> way = ways.poll(); way != null; way = ways.poll()) {
      Method last = way.getLast();
      if (WAITS.contains(last.owner() + "." + last.name())) {
        return Optional.of(way);
      }
      Set<Method> next = new LinkedHashSet<>(calls.getOrDefault(last, Set.of()));
      if (last.owner().startsWith("dev/owlery/")) {
        implementations
            .getOrDefault(last.owner(), Set.of())
            .forEach(each -> next.add(new Method(each, last.name(), last.type())));
      }
      for (Method each : next) {
        if (seen.add(each)) {
          List<Method> longer = new ArrayList<>(way);
          longer.add(each);
          ways.add(longer);
        }
      }
    }
    return Optional.empty();
  }
}
