package dev.owlery.plugins.filerelay;

import dev.owlery.api.command.CommandCall;
import dev.owlery.api.folder.SafeFile;
import dev.owlery.api.folder.SafeFolder;
import dev.owlery.api.folder.UnsafeFileException;
import dev.owlery.plugins.filerelay.FileRelaySettings.SendFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The folders for {@code !send}, each for those who hold its permission. Any thread.
 *
 * @param folders in order
 */
record Folders(List<SendFolder> folders) {

  private static final int SHOWN = 50;

  /** Opens a file of the first folder that has it and that the caller may use. */
  SafeFile open(CommandCall call, String path) throws IOException {
    UnsafeFileException why = new UnsafeFileException("there is no such file");
    for (SendFolder folder : permitted(call)) {
      try {
        return SafeFolder.open(folder.directory()).read(path);
      } catch (UnsafeFileException notHere) {
        why = notHere;
      }
    }
    throw why;
  }

  /** The files that the caller may have sent. */
  List<String> list(CommandCall call) {
    List<String> lines = new ArrayList<>();
    for (SendFolder folder : permitted(call)) {
      try {
        boolean whole =
            SafeFolder.open(folder.directory())
                .visit(
                    Path.of(""),
                    true,
                    entry -> {
                      if (!entry.isFolder()) {
                        lines.add(entry.path() + "  " + Format.size(entry.size()));
                      }
                      return lines.size() < SHOWN;
                    });
        if (!whole) {
          lines.add("and more");
          return lines;
        }
      } catch (IOException e) {
        lines.add("(a folder cannot be read)");
      }
    }
    lines.sort(String::compareTo);
    return lines.isEmpty() ? List.of("no files") : lines;
  }

  private List<SendFolder> permitted(CommandCall call) {
    return folders.stream().filter(folder -> call.permits(folder.permission())).toList();
  }
}
