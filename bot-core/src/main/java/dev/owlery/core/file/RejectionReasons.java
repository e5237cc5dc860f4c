package dev.owlery.core.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Why no transport carries a file: each reason once, with the transports that it stops. */
final class RejectionReasons {

  private static final int LONGEST = 600;

  private final Map<String, List<String>> names = new LinkedHashMap<>();

  void add(String transport, IOException why) {
    names.computeIfAbsent(TransferAttempt.line(why), fresh -> new ArrayList<>()).add(transport);
  }

  /** In one line; empty if nobody gave a reason. */
  Optional<String> line() {
    String all =
        names.entrySet().stream()
            .map(each -> String.join(", ", each.getValue()) + ": " + each.getKey())
            .collect(Collectors.joining("; "));
    return Optional.of(all.length() <= LONGEST ? all : all.substring(0, LONGEST))
        .filter(text -> !text.isEmpty());
  }
}
