package io.ddgan.cli.report;

import io.ddgan.cli.options.Invocation;
import java.util.ArrayList;
import java.util.List;

/** What to do about runs of which nothing was measured. */
public final class NotMeasured {

  private NotMeasured() {}

  /** The runs of which nothing that compares was measured. */
  public static List<Run> of(RunComparison comparison) {
    return comparison.runs().stream().filter(run -> comparison.values(run).isEmpty()).toList();
  }

  /** The command that measures them. */
  public static String command(RunComparison comparison, Invocation invocation) {
    List<Object> words = new ArrayList<>(List.of("evaluate"));
    of(comparison).stream().map(Run::source).distinct().forEach(words::add);
    if (of(comparison).stream().allMatch(run -> run.configured().isEmpty())) {
      words.addAll(List.of("--metrics", "fid"));
    }
    return invocation.of(words);
  }
}
