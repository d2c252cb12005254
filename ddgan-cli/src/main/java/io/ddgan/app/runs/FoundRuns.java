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

/** The runs in a folder, which may be a run itself, a sweep, or hold any of them. */
public final class FoundRuns {

  /** Folders within each other that are looked into. */
  private static final int DEPTH = 5;

  private FoundRuns() {}

  /**
   * Looks for runs. What is within a run is none.
   *
   * @return the runs in the order of their names
   */
  public static List<RunFolder> in(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw Files.exists(folder)
          ? new IOException(folder + " is not a folder; name the folder of a run or of several")
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
          found.add(new RunFolder(inner)); // which says itself what is wrong
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
