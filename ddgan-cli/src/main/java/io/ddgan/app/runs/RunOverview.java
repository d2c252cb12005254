package io.ddgan.app.runs;

import com.typesafe.config.ConfigException;
import io.ddgan.api.Metric.Better;
import io.ddgan.api.RefusedException;
import io.ddgan.api.RunSummary;
import io.ddgan.app.experiment.Experiments;
import io.ddgan.app.text.Quantities;
import io.ddgan.config.ConfigurationException;
import io.ddgan.eval.records.EqualConditions;
import io.ddgan.eval.records.EvaluationRecord;
import io.ddgan.eval.records.MeasuredRun;
import io.ddgan.internal.config.Hocon;
import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A run in a line. One that is damaged is told of as well as it can be.
 *
 * @param state what it does, or how it ended
 * @param step steps that are done
 * @param total steps of the whole training
 * @param data type of the data set
 * @param last what was measured last, or what is wrong with the run
 * @param bytes what its folder takes on disk
 * @param updated when it was last heard of; of a damaged run, the beginning of time
 */
public record RunOverview(
    String state, long step, long total, String data, String last, long bytes, Instant updated) {

  /** Measures that have room on a line. */
  private static final int SHOWN = 2;

  /**
   * Looks at a run, which may be training.
   *
   * @param experiments reads it, and what was measured of it
   * @throws IOException if nothing at all can be found out
   */
  public static RunOverview of(RunFolder folder, Experiments experiments) throws IOException {
    RunSummary run = RunSummaries.of(folder);
    String state = run.state();
    String data = "";
    String last = run.error().orElse("");
    if (!state.equals(RunSummaries.DAMAGED)) {
      try {
        data = Hocon.file(folder.experiment()).getString("data.type");
        last = measured(folder, experiments);
      } catch (ConfigurationException | RefusedException | ConfigException | IOException e) {
        boolean isDamaged = data.isEmpty() || e instanceof IOException; // or lacks a plug-in
        state = isDamaged ? RunSummaries.DAMAGED : state;
        last = RunSummaries.firstLine(e);
      }
    }
    return new RunOverview(
        state, run.step(), run.total(), data, last, DiskUse.bytes(folder.root()), run.updated());
  }

  /** Its newest numbers, of those that should be high or low. */
  private static String measured(RunFolder folder, Experiments experiments) throws IOException {
    MeasuredRun run = experiments.measured(folder, experiments.of(folder));
    Map<String, EvaluationRecord> values = new EqualConditions(List.of(run)).of(run);
    List<String> shown =
        values.entrySet().stream()
            .filter(entry -> entry.getValue().measure().better() != Better.NEITHER)
            .limit(SHOWN)
            .map(entry -> entry.getKey() + " " + Quantities.measured(entry.getValue().value()))
            .toList();
    String told = String.join(", ", shown);
    int more = values.size() - shown.size();
    return more > 0 ? "%s, %d more".formatted(told, more) : told;
  }
}
