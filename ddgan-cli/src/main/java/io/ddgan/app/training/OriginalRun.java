package io.ddgan.app.training;

import io.ddgan.api.OpenDataset;
import io.ddgan.api.RefusedException;
import io.ddgan.app.experiment.Experiments;
import io.ddgan.app.experiment.WarmStart;
import io.ddgan.app.training.Reproduction.Comparison;
import io.ddgan.eval.ComponentText;
import io.ddgan.eval.TrainingEvaluations;
import io.ddgan.internal.file.Sha256;
import io.ddgan.train.checkpoint.Checkpoint;
import io.ddgan.train.checkpoint.CheckpointStore;
import io.ddgan.train.checkpoint.RunCheckpoints;
import io.ddgan.train.experiment.Experiment;
import io.ddgan.train.run.Environment;
import io.ddgan.train.run.Environment.Difference;
import io.ddgan.train.run.MetricsCsv;
import io.ddgan.train.run.Provenance;
import io.ddgan.train.run.Provenance.Segment;
import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A finished run that can be reproduced.
 *
 * @param experiment its experiment
 * @param environment the environment it was trained in
 * @param last its last checkpoint
 * @param initial the checkpoint it was started from, if any
 * @param text writes components as evaluation records do
 */
public record OriginalRun(
    RunFolder folder,
    Experiment experiment,
    Environment environment,
    Checkpoint last,
    Optional<WarmStart> initial,
    ComponentText text) {

  /**
   * Checks that a run can be trained again on the same data.
   *
   * @throws RefusedException if it cannot
   * @throws IOException if a file of it cannot be read
   */
  public static OriginalRun open(RunFolder folder, Experiments experiments, ComponentText text)
      throws IOException {
    Experiment experiment = experiments.of(folder);
    Provenance provenance = Provenance.read(folder.provenance());
    Map<String, Object> origin = provenance.origin();
    require(
        Sha256.of(folder.experiment()).equals(origin.get(Provenance.CONFIGURATION_HASH)),
        folder,
        "cannot be reproduced: experiment.conf was changed after the start (the SHA-256 in provenance.json differs)");
    require(
        !origin.containsKey(Provenance.IMPORTED_FROM) && !origin.containsKey(Provenance.LENGTHS),
        folder,
        "cannot be reproduced: it was imported, or its number of steps was changed");
    long step = RunCheckpoints.done(folder);
    long iterations = experiment.training().steps();
    require(
        step >= iterations && new TrainingEvaluations(folder, experiment, text).isDone(iterations),
        folder,
        "is at step %d of %d; finish it first with train --resume".formatted(step, iterations));
    List<Segment> segments = provenance.segments();
    require(
        segments.size() == 1 && segments.get(0).first() == 0,
        folder,
        "cannot be reproduced: it was trained in several environments, which provenance.json lists");
    Environment environment = segments.get(0).environment();
    Optional<Map<?, ?>> source = provenance.initialisedFrom();
    Optional<WarmStart> initial =
        source.isPresent() ? Optional.of(WarmStart.of(source.get())) : Optional.empty();
    Checkpoint last = load(folder, step);
    try (OpenDataset data = experiments.setup(experiment).open()) {
      String now = data.fingerprint();
      require(
          !environment.has(Provenance.DATA) || environment.fact(Provenance.DATA).equals(now),
          folder,
          "cannot be reproduced: its data have changed; their fingerprint is now " + now);
    }
    return new OriginalRun(folder, experiment, environment, last, initial, text);
  }

  private static void require(boolean condition, RunFolder folder, String otherwise) {
    if (!condition) {
      throw new RefusedException("the run %s %s".formatted(folder.root(), otherwise));
    }
  }

  /**
   * Compares the run with a copy trained to the same step. Of a model, only its files are compared.
   *
   * @param tolerance the accepted relative difference; 0 for none
   * @throws IOException if a file of either cannot be read
   */
  public Reproduction compare(RunFolder copy, double tolerance) throws IOException {
    List<Difference> differences =
        Provenance.read(copy.provenance()).segments().stream()
            .flatMap(segment -> environment.differences(segment.environment()).values().stream())
            .distinct()
            .toList();
    Checkpoint again = load(copy, last.step());
    boolean isModel = last.isModel();
    return new Reproduction(
        Comparison.ofCheckpoints(last, isModel ? again.only(last.parts().keySet()) : again),
        Comparison.ofNumbers(
            isModel ? Map.of() : numbers(folder), isModel ? Map.of() : numbers(copy)),
        differences,
        tolerance);
  }

  /** Reads the metrics and the evaluations of the training. */
  private Map<String, SortedMap<Long, Double>> numbers(RunFolder run) throws IOException {
    Map<String, SortedMap<Long, Double>> numbers = new TreeMap<>(MetricsCsv.read(run.metrics()));
    numbers.putAll(new TrainingEvaluations(run, experiment, text).curves());
    return numbers;
  }

  private static Checkpoint load(RunFolder folder, long step) throws IOException {
    return new CheckpointStore(folder.checkpoints()).load(step);
  }
}
