package dev.owlery.adapter.console;

import dev.owlery.api.adapter.Adapter;
import dev.owlery.api.adapter.AdapterContext;
import dev.owlery.api.adapter.AdapterProvider;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.util.Optional;

/** The door of the console adapter: {@code protocol = console}. */
public final class ConsoleAdapterProvider implements AdapterProvider {

  /** For {@link java.util.ServiceLoader}. */
  public ConsoleAdapterProvider() {}

  @Override
  public String protocol() {
    return "console";
  }

  @Override
  public Class<? extends Record> settingsType() {
    return ConsoleSettings.class;
  }

  @Override
  public Optional<String> identityProblem(String subject) {
    return subject.equals(ConsoleIdentity.LOCAL)
        ? Optional.empty()
        : Optional.of(ConsoleIdentity.LOCAL);
  }

  @Override
  public boolean writesTerminal(Record settings) {
    return ((ConsoleSettings) settings).onTerminal(ConsoleAdapterProvider::hasTerminal)
        && TerminalScreen.errorsGoToTerminal();
  }

  /** The streams are the process's own, whatever {@code System.out} stands for now. */
  @Override
  public Adapter create(Record settings, AdapterContext context) {
    ConsoleSettings console = (ConsoleSettings) settings;
    return new ConsoleAdapter(
        console,
        context,
        completer ->
            console.onTerminal(ConsoleAdapterProvider::hasTerminal)
                ? TerminalScreen.ofSystem(console.history(), completer)
                : new PipeScreen(System.in, new FileOutputStream(FileDescriptor.out)));
  }

  /** Both ends: JDK 25's own console is there only if input and output are terminals. */
  private static boolean hasTerminal() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }
}
