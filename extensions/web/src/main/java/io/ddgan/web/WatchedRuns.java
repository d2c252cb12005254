package io.ddgan.web;

import io.ddgan.api.CommandContext;
import io.ddgan.api.RunSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** The runs and sweeps in folders, which may come and go while they are watched. */
final class WatchedRuns {

  /** What a run's page is made of; when one of them changes, it is read again. */
  private static final List<String> FILES =
      List.of("metrics.csv", "evaluation.csv", "log.txt", "progress.json", "samples");

  private static final String RESULTS = "results.csv";

  private final List<Path> roots;
  private final CommandContext context;

  /** As it was seen last; requests for what is in there need no other look. */
  private volatile Listing seen = new Listing(List.of(), Map.of());

  WatchedRuns(List<Path> roots, CommandContext context) {
    this.roots = List.copyOf(roots);
    this.context = context;
  }

  /**
   * A run in the list.
   *
   * @param id what it is called in requests: its folder as it was found
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

  /** Everything that there is to be chosen from. */
  record Listing(List<Listed> runs, Map<String, String> sweeps) {}

  /** Looks again: the runs, and the sweeps with the version of their results. */
  Listing list() {
    List<Listed> runs = new ArrayList<>();
    Set<Path> folders = new LinkedHashSet<>();
    for (Path root : roots) {
      try {
        for (RunSummary run : context.runs(root)) {
          runs.add(listed(run));
          sweepOf(run.folder()).ifPresent(folders::add);
        }
        if (isSweep(root)) {
          folders.add(root);
        }
      } catch (IOException e) {
        // it is not there yet, or no longer
      }
    }
    Map<String, String> sweeps = new LinkedHashMap<>();
    folders.forEach(sweep -> sweeps.put(sweep.toString(), version(sweep.resolve(RESULTS))));
    seen = new Listing(runs, sweeps);
    return seen;
  }

  private static Listed listed(RunSummary run) {
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

  /** Trials are in a folder of their sweep. */
  private static Optional<Path> sweepOf(Path run) {
    return Optional.ofNullable(run.getParent()).map(Path::getParent).filter(WatchedRuns::isSweep);
  }

  private static boolean isSweep(Path folder) {
    return Files.exists(folder.resolve(RESULTS)) && Files.exists(folder.resolve("sweep.conf"));
  }

  /** The folder of a run that is watched; empty if there is none of that name. */
  Optional<Path> run(String id) {
    return find(id, listing -> listing.runs().stream().map(Listed::id));
  }

  /** The results of a sweep that is watched; empty if there is none of that name. */
  Optional<Path> results(String id) {
    return find(id, listing -> listing.sweeps().keySet().stream())
        .map(folder -> folder.resolve(RESULTS));
  }

  private Optional<Path> find(String id, Function<Listing, Stream<String>> names) {
    boolean isThere =
        names.apply(seen).anyMatch(id::equals) || names.apply(list()).anyMatch(id::equals);
    return isThere ? Optional.of(Path.of(id)) : Optional.empty();
  }
}
