package dev.owlery.api.procedure;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** What a procedure takes and returns: the types of XML-RPC, and {@code nil}. Immutable. */
public sealed interface Value {

  /**
   * A whole number: {@code int} and {@code i4}.
   *
   * @param number the number
   */
  record Whole(int number) implements Value {}

  /**
   * A truth value: {@code boolean}.
   *
   * @param yes the value
   */
  record Truth(boolean yes) implements Value {}

  /**
   * A text: {@code string}.
   *
   * @param text the text
   */
  record Text(String text) implements Value {}

  /**
   * A real number: {@code double}.
   *
   * @param number the number, finite
   */
  record Real(double number) implements Value {
    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException if it is infinite or no number: XML-RPC cannot write it
     */
    public Real {
      if (!Double.isFinite(number)) {
        throw new IllegalArgumentException("XML-RPC has no " + number);
      }
    }
  }

  /**
   * A time without a zone: {@code dateTime.iso8601}.
   *
   * @param time the time, in whole seconds
   */
  record Time(LocalDateTime time) implements Value {
    /** Drops what is less than a second: it cannot be written. */
    public Time {
      time = time.withNano(0);
    }
  }

  /** Bytes: {@code base64}. */
  final class Binary implements Value {
    private final byte[] bytes;

    /**
     * Copies the bytes.
     *
     * @param bytes any
     */
    public Binary(byte[] bytes) {
      this.bytes = bytes.clone();
    }

    /**
     * The bytes.
     *
     * @return a copy
     */
    public byte[] bytes() {
      return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Binary binary && Arrays.equals(bytes, binary.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
      return "Binary[" + bytes.length + " bytes]";
    }
  }

  /**
   * Values in a row: {@code array}.
   *
   * @param values any, of mixed types too
   */
  record Row(List<Value> values) implements Value {
    /** Copies the list. */
    public Row {
      values = Collections.unmodifiableList(new ArrayList<>(values));
    }
  }

  /**
   * Values by name: {@code struct}.
   *
   * @param members in the order in which they were written
   */
  record Struct(SequencedMap<String, Value> members) implements Value {
    /** Copies the map. */
    public Struct {
      members = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(members));
    }

    /**
     * A struct of some members.
     *
     * @param members by name
     * @return the struct
     */
    public static Struct of(Map<String, Value> members) {
      return new Struct(new LinkedHashMap<>(members));
    }
  }

  /** Nothing: {@code nil}, the one extension that is known everywhere; what void returns. */
  record Nil() implements Value {}

  /** Nothing. */
  Value NIL = new Nil();
}
