package io.ddgan.cli.command;

import io.ddgan.api.Metric.Better;
import io.ddgan.api.RefusedException;
import io.ddgan.api.RunStatus;
import io.ddgan.app.experiment.Experiments;
import io.ddgan.app.experiment.KeyDifference;
import io.ddgan.app.experiment.KeyText;
import io.ddgan.app.runs.FoundRuns;
import io.ddgan.app.runs.RunOverview;
import io.ddgan.app.text.Quantities;
import io.ddgan.app.text.Table;
import io.ddgan.eval.records.ComparableEvaluations;
import io.ddgan.eval.records.MeasurementConditions;
import io.ddgan.internal.config.Suggestion;
import io.ddgan.internal.file.AtomicFile;
import io.ddgan.train.run.RunFolder;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Scanner;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ddgan runs}: lists, notes and deletes runs. */
@Command(
    name = "runs",
    description =
        "List runs with their state, steps, data, the first six keys in which they differ, size, age, last evaluation and note.")
final class RunsCommand extends Subcommand {

  private static final int MOST_KEYS = 6;

  private final Experiments experiments;

  @Parameters(
      arity = "0..*",
      paramLabel = "FOLDER",
      description = "Runs, folders of runs, and sweeps (default: runs).")
  private List<Path> folders = List.of();

  @Option(
      names = "--sort",
      paramLabel = "MEASURE",
      description = "Show a measure, compared under equal conditions, and sort by it, best first.")
  private Optional<String> sort = Optional.empty();

  @Option(
      names = "--tag",
      paramLabel = "WORD",
      description = "Only runs whose notes contain #WORD.")
  private Optional<String> tag = Optional.empty();

  @Option(
      names = "--note",
      paramLabel = "TEXT",
      description = "Replace the notes of the runs, such as \"#paper first try\".")
  private Optional<String> note = Optional.empty();

  @Option(
      names = "--delete",
      description = "Delete the runs, after a question; one in use ends the command.")
  private boolean delete;

  @Option(names = "--yes", description = "With --delete: do not ask.")
  private boolean yes;

  @Inject
  RunsCommand(Experiments experiments) {
    this.experiments = experiments;
  }

  @Override
  public Integer call() throws IOException {
    require(
        !folders.isEmpty() || (note.isEmpty() && !delete),
        "--note and --delete require the folders of the runs");
    List<Path> roots = folders.isEmpty() ? List.of(Path.of("runs")) : folders;
    List<RunFolder> runs = new ArrayList<>();
    for (Path root : roots) {
      for (RunFolder run : FoundRuns.in(root)) {
        if (tag.isEmpty() || (RunOverview.note(run) + " ").contains("#" + tag.get() + " ")) {
          runs.add(run);
        }
      }
    }
    if (runs.isEmpty()) {
      say("no runs%s in %s", tag.map(" tagged "::concat).orElse(""), roots);
    } else if (delete) {
      delete(runs);
    } else if (note.isPresent()) {
      for (RunFolder run : runs) {
        AtomicFile.write(run.notes(), note.get() + "\n");
      }
      say("noted on %s", Quantities.count(runs.size(), "run"));
    } else {
      list(runs);
    }
    return ExitCode.OK;
  }

  private void list(List<RunFolder> found) throws IOException {
    List<RunOverview> runs = new ArrayList<>();
    for (RunFolder run : found) {
      runs.add(RunOverview.of(run, experiments));
    }
    ComparableEvaluations measured =
        new ComparableEvaluations(runs.stream().flatMap(run -> run.measured().stream()).toList());
    sort.ifPresent(measure -> runs.sort(bestFirst(measure, measured)));
    List<String> keys =
        KeyDifference.varying(
                runs.stream().map(RunOverview::keys).filter(all -> !all.isEmpty()).toList())
            .stream()
            .filter(key -> !KeyDifference.isBookkeeping(key) && !key.equals("data.type"))
            .limit(MOST_KEYS)
            .toList();
    Table table = new Table();
    List<String> names = new ArrayList<>(List.of("run", "state", "steps", "data"));
    keys.forEach(key -> names.add(KeyText.of(key, keys)));
    sort.ifPresent(names::add);
    names.addAll(List.of("size", "age", "last evaluation", "note"));
    table.row(names);
    for (RunOverview run : runs) {
      RunStatus now = run.summary();
      String steps = now.total() == 0 ? "" : "%,d of %,d".formatted(now.step(), now.total());
      List<String> row =
          new ArrayList<>(List.of("" + now.folder(), run.state(), steps, run.data()));
      keys.forEach(key -> row.add(run.keys().getOrDefault(key, "")));
      sort.map(name -> value(run, name, measured).map(Quantities::measured).orElse(""))
          .ifPresent(row::add);
      row.addAll(List.of(Quantities.bytes(run.bytes()), age(now), run.last(), run.note()));
      table.row(row);
    }
    table.print(out());
  }

  private static String age(RunStatus run) {
    double seconds = Duration.between(run.updated(), Instant.now()).toMillis() / 1000.0;
    return run.updated().equals(Instant.EPOCH) ? "" : Quantities.seconds(Math.max(1, seconds));
  }

  private static Optional<Double> value(
      RunOverview run, String measure, ComparableEvaluations measured) {
    return run.measured().map(all -> measured.values(all).get(measure));
  }

  private static Comparator<RunOverview> bestFirst(String measure, ComparableEvaluations measured) {
    MeasurementConditions chosen = measured.chosen().get(measure);
    if (chosen == null) {
      String advice = Suggestion.forName("", measured.chosen().keySet());
      throw new RefusedException("no run has the measure %s; %s".formatted(measure, advice));
    }
    double sign = chosen.measure().better() == Better.HIGHER ? -1 : 1;
    return Comparator.comparingDouble(
        run -> value(run, measure, measured).map(found -> sign * found).orElse(Double.MAX_VALUE));
  }

  private void delete(List<RunFolder> runs) throws IOException {
    runs.forEach(run -> out().println(run.root()));
    String what = Quantities.count(runs.size(), "run");
    if (yes || isConfirmed(what)) {
      for (RunFolder run : runs) {
        run.delete();
      }
      say("deleted %s", what);
    } else {
      say("nothing was deleted; in a script, add --yes");
    }
  }

  private boolean isConfirmed(String what) {
    out().printf("delete %s? [y/N] ", what);
    out().flush();
    Scanner answers = new Scanner(System.in, Charset.defaultCharset());
    return answers.hasNextLine() && answers.nextLine().strip().equals("y");
  }
}
