package io.ddgan.app.training;

import io.ddgan.api.Examples;
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
 * A finished run that can be trained again.
 *
 * @param experiment what was trained
 * @param environment the environment that it was trained in
 * @param last its last checkpoint
 * @param initial the checkpoint that it began with, if it was one
 * @param text writes components as records of measurements do
 */
public record OriginalRun(
    RunFolder folder,
    Experiment experiment,
    Environment environment,
    Checkpoint last,
    Optional<WarmStart> initial,
    ComponentText text) {

  /**
   * Checks that a run can be trained again, on the same data.
   *
   * @throws RefusedException if it cannot; the message says why
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
        "has another experiment.conf than it was started with, by the SHA-256 in provenance.json");
    require(
        !origin.containsKey(Provenance.IMPORTED_FROM) && !origin.containsKey(Provenance.LENGTHS),
        folder,
        "was imported, or given another number of steps; only a run that was trained from its first step with one configuration can be reproduced");
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
        "was not trained in one environment, with which a copy could be compared; provenance.json lists them");
    Environment environment = segments.get(0).environment();
    Optional<Map<?, ?>> source = provenance.initialisedFrom();
    Optional<WarmStart> initial =
        source.isPresent() ? Optional.of(WarmStart.of(source.get())) : Optional.empty();
    Checkpoint last = load(folder, step);
    try (Examples data = experiments.setup(experiment).open()) {
      String now = data.fingerprint();
      require(
          !environment.has(Provenance.DATA) || environment.fact(Provenance.DATA).equals(now),
          folder,
          "was trained on data that have changed since: their fingerprint is now " + now);
    }
    return new OriginalRun(folder, experiment, environment, last, initial, text);
  }

  private static void require(boolean condition, RunFolder folder, String otherwise) {
    if (!condition) {
      throw new RefusedException("the run %s %s".formatted(folder.root(), otherwise));
    }
  }

  /**
   * Compares the run with a copy that was trained as far: of a model, what it has.
   *
   * @param tolerance the relative difference that is accepted; 0 for none
   * @throws IOException if a file of the two cannot be read
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

  /** What was reported while training, and what the run measured of itself. */
  private Map<String, SortedMap<Long, Double>> numbers(RunFolder run) throws IOException {
    Map<String, SortedMap<Long, Double>> numbers = new TreeMap<>(MetricsCsv.read(run.metrics()));
    numbers.putAll(new TrainingEvaluations(run, experiment, text).curves());
    return numbers;
  }

  private static Checkpoint load(RunFolder folder, long step) throws IOException {
    return new CheckpointStore(folder.checkpoints()).load(step);
  }
}
