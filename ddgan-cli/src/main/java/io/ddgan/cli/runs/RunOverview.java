package io.ddgan.cli.runs;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.ddgan.api.Metric.Better;
import io.ddgan.api.RefusedException;
import io.ddgan.cli.experiment.Experiments;
import io.ddgan.cli.experiment.MeasuredRuns;
import io.ddgan.cli.terminal.TrainingProgress;
import io.ddgan.config.ConfigurationException;
import io.ddgan.config.Hocon;
import io.ddgan.train.checkpoint.RunCheckpoints;
import io.ddgan.train.evaluation.EqualConditions;
import io.ddgan.train.evaluation.EvaluationRecord;
import io.ddgan.train.evaluation.MeasuredRun;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.run.RunProgress;
import io.ddgan.train.run.RunProgress.RunState;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run in a line. One that is damaged is told of as well as it can be.
 *
 * @param state what it does, or how it ended
 * @param step steps that are done
 * @param total steps of the whole training
 * @param data type of the data set
 * @param last what was measured last, or what is wrong with the run
 * @param disk what its folder takes
 */
public record RunOverview(
    String state, long step, long total, String data, String last, DiskUse disk) {

  private static final String DAMAGED = "damaged";

  /** Measures that have room on a line. */
  private static final int SHOWN = 2;

  /**
   * Looks at a run, which may be training.
   *
   * @param experiments reads what it is
   * @param measured reads what was measured of it
   * @throws IOException if nothing at all can be found out
   */
  public static RunOverview of(RunFolder folder, Experiments experiments, MeasuredRuns measured)
      throws IOException {
    DiskUse disk = DiskUse.of(folder.root());
    try {
      folder.requireRun();
      Config experiment = Hocon.file(folder.experiment());
      String data = experiment.getString("data.type");
      RunProgress progress = progress(folder, experiment.getLong("training.iterations"));
      String state = state(progress.state(), folder.isInUse());
      String last;
      try {
        last = measured(folder, experiments, measured);
      } catch (ConfigurationException | RefusedException e) {
        last = firstLine(e); // such as a plug-in that is not there
      } catch (IOException e) {
        state = DAMAGED;
        last = firstLine(e);
      }
      return new RunOverview(state, progress.step(), progress.total(), data, last, disk);
    } catch (IOException | ConfigurationException | ConfigException e) {
      return new RunOverview(DAMAGED, 0, 0, "", firstLine(e), disk);
    }
  }

  /** What the run says of itself; one that does not, such as an imported one, by its checkpoint. */
  private static RunProgress progress(RunFolder folder, long total) throws IOException {
    Optional<RunProgress> told = RunProgress.read(folder.progress());
    if (told.isPresent()) {
      return told.get();
    }
    long step = RunCheckpoints.done(folder);
    RunState state = step < total ? RunState.STOPPED : RunState.DONE;
    return new RunProgress(
        step, total, state, Optional.empty(), 0, DiskUse.of(folder.experiment()).changed());
  }

  private static String state(RunState told, boolean inUse) {
    return switch (told) {
      case TRAINING, EVALUATING -> inUse ? told.toString() : "killed";
      case DONE -> inUse ? "in use" : "finished";
      case FAILED, STOPPED -> inUse ? "training" : told.toString();
    };
  }

  /** Its newest numbers, of those that should be high or low. */
  private static String measured(RunFolder folder, Experiments experiments, MeasuredRuns measured)
      throws IOException {
    MeasuredRun run = measured.of(folder, experiments.of(folder));
    Map<String, EvaluationRecord> values = EqualConditions.among(List.of(run)).of(run);
    List<String> shown =
        values.entrySet().stream()
            .filter(entry -> entry.getValue().result().measure().better() != Better.NEITHER)
            .limit(SHOWN)
            .map(
                entry ->
                    entry.getKey()
                        + " "
                        + TrainingProgress.number(entry.getValue().result().value()))
            .toList();
    String told = String.join(", ", shown);
    int more = values.size() - shown.size();
    return more > 0 ? "%s, %d more".formatted(told, more) : told;
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
