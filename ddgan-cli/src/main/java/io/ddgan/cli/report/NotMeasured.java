package io.ddgan.cli.report;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** What to do about runs of which nothing was measured. */
public final class NotMeasured {

  private NotMeasured() {}

  /** The runs of which nothing that compares was measured. */
  public static List<Run> of(RunComparison comparison) {
    return comparison.runs().stream().filter(run -> comparison.values(run).isEmpty()).toList();
  }

  /** The command that measures them. */
  public static String command(RunComparison comparison) {
    String folders =
        of(comparison).stream()
            .map(Run::source)
            .distinct()
            .map(Path::toString)
            .collect(Collectors.joining(" "));
    boolean isConfigured = of(comparison).stream().anyMatch(run -> !run.configured().isEmpty());
    return "ddgan evaluate %s%s".formatted(folders, isConfigured ? "" : " --metrics fid");
  }
}
