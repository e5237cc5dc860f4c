package dev.owlery.core.file;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A digest by OpenSSL's libcrypto, where Linux has one: it knows the processor's instructions for
 * that, which the JVM uses only with its optimising compiler. Its memory is an array of ours, so
 * there is nothing to give back.
 */
final class SystemSha256 implements Sha256 {

  private static final Logger log = LoggerFactory.getLogger(SystemSha256.class);
  private static final List<String> NAMES = List.of("libcrypto.so.3", "libcrypto.so.1.1");

  /** More than its state has in any version (112 bytes). */
  private static final int STATE_LONGS = 32;

  private static final int DIGEST = 32;
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  private final MemorySegment state = MemorySegment.ofArray(new long[STATE_LONGS]);
  private final Library library;

  SystemSha256() {
    this(LibraryHolder.LIBRARY.orElseThrow());
  }

  private SystemSha256(Library library) {
    this.library = library;
    check(library.call(library.init, state, MemorySegment.NULL, 0));
  }

  /** Whether there is one that computes as it should. */
  static boolean isThere() {
    return LibraryHolder.LIBRARY.isPresent();
  }

  @Override
  public void update(ByteBuffer bytes) {
    MemorySegment piece = MemorySegment.ofBuffer(bytes);
    check(library.call(library.update, state, piece, piece.byteSize()));
    bytes.position(bytes.limit());
  }

  @Override
  public byte[] end() {
    byte[] digest = new byte[DIGEST];
    check(library.call(library.end, state, MemorySegment.ofArray(digest), 0));
    return digest;
  }

  private static void check(int success) {
    if (success != 1) {
      throw new IllegalStateException("libcrypto has failed");
    }
  }

  /** Looked for when the first large file comes. */
  private static final class LibraryHolder {
    static final Optional<Library> LIBRARY =
        NAMES.stream().flatMap(name -> Library.open(name).stream()).findFirst();
  }

  /** The three functions, called alike. They may read and write arrays of ours while they run. */
  private record Library(MethodHandle init, MethodHandle update, MethodHandle end) {

    @SuppressWarnings("restricted")
    static Optional<Library> open(String name) {
      try {
        SymbolLookup symbols = SymbolLookup.libraryLookup(name, Arena.global());
        Linker linker = Linker.nativeLinker();
        Linker.Option arrays = Linker.Option.critical(true);
        FunctionDescriptor init = FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS);
        FunctionDescriptor end = init.appendArgumentLayouts(ValueLayout.ADDRESS);
        FunctionDescriptor update = end.appendArgumentLayouts(ValueLayout.JAVA_LONG);
        MethodType alike = update.toMethodType();
        Library found =
            new Library(
                MethodHandles.permuteArguments(
                    linker.downcallHandle(symbols.findOrThrow("SHA256_Init"), init, arrays),
                    alike,
                    0),
                linker.downcallHandle(symbols.findOrThrow("SHA256_Update"), update, arrays),
                MethodHandles.permuteArguments(
                    linker.downcallHandle(symbols.findOrThrow("SHA256_Final"), end, arrays),
                    alike,
                    1,
                    0));
        return found.isRight() ? Optional.of(found) : Optional.empty();
      } catch (IllegalArgumentException
          | NoSuchElementException
          | UnsupportedOperationException
          | IllegalCallerException none) {
        log.debug("without {}: {}", name, none.toString());
        return Optional.empty();
      }
    }

    private boolean isRight() {
      SystemSha256 sample = new SystemSha256(this);
      sample.update(ByteBuffer.wrap("abc".getBytes(StandardCharsets.US_ASCII)));
      return HexFormat.of().formatHex(sample.end()).equals(ABC);
    }

    /** The boundary to what is not Java: a method handle may throw anything, these never do. */
    private int call(MethodHandle what, MemorySegment state, MemorySegment bytes, long length) {
      try {
        return (int) what.invokeExact(state, bytes, length);
      } catch (Throwable impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }
}
