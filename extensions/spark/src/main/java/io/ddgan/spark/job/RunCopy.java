package io.ddgan.spark.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a manifest says: the files of a run as they were at some time, and where each of them is
 * kept. It is written after all of them, so that one that can be read is whole.
 *
 * @param step the steps of training that were done
 * @param name of the manifest; of two with as many steps the one with the later name is newer
 * @param files by their paths within the run
 */
record RunCopy(long step, String name, List<Kept> files) {

  private static final String FORMAT = "ddgan-run-1";
  private static final Pattern PLACE = Pattern.compile("[0-9a-f-]+/[0-9a-f-]+");

  /**
   * A file.
   *
   * @param path within the run, with slashes
   * @param size bytes
   * @param sha256 of its bytes
   * @param place where they are, within the trial's folder of the store
   */
  record Kept(String path, long size, String sha256, String place) {}

  String text() {
    List<String> lines = new ArrayList<>(List.of("%s %d %d".formatted(FORMAT, step, files.size())));
    for (Kept file : files) {
      lines.add(
          Words.line(
              List.of(file.sha256(), Long.toString(file.size()), file.place(), file.path())));
    }
    return String.join("\n", lines) + "\n";
  }

  /** What a text says; empty if it is none, or not whole. */
  static Optional<RunCopy> of(String name, String text) {
    List<String> lines = text.lines().toList();
    try {
      List<String> head = Words.of(lines.get(0));
      boolean isCut = !text.endsWith("\n");
      if (isCut
          || !head.get(0).equals(FORMAT)
          || Integer.parseInt(head.get(2)) != lines.size() - 1) {
        return Optional.empty();
      }
      List<Kept> files = new ArrayList<>();
      for (String line : lines.subList(1, lines.size())) {
        List<String> words = Words.of(line);
        if (!PLACE.matcher(words.get(2)).matches()) {
          return Optional.empty();
        }
        files.add(new Kept(words.get(3), Long.parseLong(words.get(1)), words.get(0), words.get(2)));
      }
      return Optional.of(new RunCopy(Long.parseLong(head.get(1)), name, files));
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
