package io.ddgan.app.runs;

import io.ddgan.internal.file.FileErrors;
import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds the runs in a folder, which may be a run, a sweep, or contain any of them. */
public final class FoundRuns {

  /** The maximum depth of the search. */
  private static final int DEPTH = 5;

  private FoundRuns() {}

  /**
   * Finds runs, but not within other runs.
   *
   * @return the runs, ordered by name
   */
  public static List<RunFolder> in(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw Files.exists(folder)
          ? new IOException(folder + " is not a folder; give the folder of a run or of several")
          : FileErrors.reading(folder, new NoSuchFileException(folder.toString()));
    }
    List<RunFolder> found = new ArrayList<>();
    collect(folder, DEPTH, found);
    return found;
  }

  private static void collect(Path folder, int depth, List<RunFolder> found) throws IOException {
    RunFolder run = new RunFolder(folder);
    if (run.isRun()) {
      found.add(run);
    } else if (depth > 0) {
      for (Path inner : folders(folder)) {
        if (Files.isReadable(inner)) {
          collect(inner, depth - 1, found);
        } else {
          found.add(new RunFolder(inner)); // its error is reported later
        }
      }
    }
  }

  private static List<Path> folders(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> !entry.getFileName().toString().startsWith("."))
          .filter(Files::isDirectory)
          .sorted()
          .toList();
    }
  }
}
