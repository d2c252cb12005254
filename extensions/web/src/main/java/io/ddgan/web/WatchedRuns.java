package io.ddgan.web;

import io.ddgan.api.CommandContext;
import io.ddgan.api.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The runs and sweeps in folders, which may appear and disappear at any time.
 *
 * @param roots the folders
 */
record WatchedRuns(List<Path> roots, CommandContext context) {

  /** The files of a run's page; a change of any reloads it. */
  private static final List<String> FILES =
      List.of("metrics.csv", "evaluation.csv", "log.txt", "progress.json", "samples");

  private static final String RESULTS = "results.csv";

  /**
   * A run in the list.
   *
   * @param id its identifier in requests: its folder as found
   * @param version changes with any of its files
   */
  record Listed(
      String id,
      String state,
      long step,
      long total,
      String error,
      double seconds,
      String updated,
      String version) {}

  /** The runs, and the sweeps with the versions of their results. */
  record Listing(List<Listed> runs, Map<String, String> sweeps) {}

  /** Lists the current runs and sweeps. */
  Listing list() {
    List<Listed> runs = new ArrayList<>();
    Map<String, String> sweeps = new TreeMap<>();
    for (Path root : roots) {
      addSweep(root, sweeps);
      try {
        for (RunStatus run : context.runs(root)) {
          runs.add(listed(run));
          Optional.ofNullable(run.folder().getParent())
              .map(Path::getParent) // trials are in a folder of their sweep
              .ifPresent(folder -> addSweep(folder, sweeps));
        }
      } catch (IOException e) {
        // does not exist (yet)
      }
    }
    return new Listing(runs, sweeps);
  }

  private static void addSweep(Path folder, Map<String, String> sweeps) {
    if (Files.exists(folder.resolve(RESULTS)) && Files.exists(folder.resolve("sweep.conf"))) {
      sweeps.put(folder.toString(), version(folder.resolve(RESULTS)));
    }
  }

  private static Listed listed(RunStatus run) {
    StringBuilder version = new StringBuilder(run.state());
    FILES.forEach(file -> version.append(' ').append(version(run.folder().resolve(file))));
    return new Listed(
        run.folder().toString(),
        run.state(),
        run.step(),
        run.total(),
        run.error().orElse(""),
        run.seconds(),
        run.updated().toString(),
        Integer.toHexString(version.toString().hashCode()));
  }

  private static String version(Path file) {
    try {
      return Files.getLastModifiedTime(file).toMillis() + "/" + Files.size(file);
    } catch (IOException e) {
      return "-";
    }
  }

  /** Returns the files of a watched run; empty if there is none of that name. */
  Optional<RunFiles> run(String id) {
    return list().runs().stream()
        .filter(run -> run.id().equals(id))
        .findFirst()
        .map(run -> new RunFiles(Path.of(id)));
  }

  /** Returns the results of a watched sweep; empty if there is none of that name. */
  Optional<Path> results(String id) {
    return list().sweeps().containsKey(id) ? Optional.of(Path.of(id, RESULTS)) : Optional.empty();
  }
}
