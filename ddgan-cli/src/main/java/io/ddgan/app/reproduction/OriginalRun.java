package io.ddgan.app.reproduction;

import io.ddgan.api.RefusedException;
import io.ddgan.app.experiment.WeightSource;
import io.ddgan.app.process.Invocation;
import io.ddgan.eval.ComponentText;
import io.ddgan.eval.OwnMeasurements;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A finished run that one environment has made, so that another process can make it again. */
public final class OriginalRun {

  private final RunFolder folder;
  private final Experiment experiment;
  private final ComponentText text;
  private final Environment environment;
  private final Checkpoint last;
  private final Optional<WeightSource> initial;

  private OriginalRun(
      RunFolder folder,
      Experiment experiment,
      ComponentText text,
      Environment environment,
      Checkpoint last,
      Optional<WeightSource> initial) {
    this.folder = folder;
    this.experiment = experiment;
    this.text = text;
    this.environment = environment;
    this.last = last;
    this.initial = initial;
  }

  /**
   * Checks that a run can be made again.
   *
   * @param experiment what was trained
   * @param text how components are written beside what was measured
   * @param invocation names the command that finishes a run
   * @throws IOException if it cannot; the message says why, and what to do
   */
  public static OriginalRun open(
      RunFolder folder, Experiment experiment, ComponentText text, Invocation invocation)
      throws IOException {
    Provenance provenance = Provenance.read(folder.provenance());
    requireUnchanged(folder, provenance);
    if (provenance.origin().containsKey(Provenance.IMPORTED_FROM)) {
      throw new IOException(
          "the run %s begins with weights from %s, which were trained elsewhere; only a run that was trained from its first step can be reproduced"
              .formatted(folder.root(), provenance.origin().get(Provenance.IMPORTED_FROM)));
    }
    if (provenance.origin().containsKey(Provenance.LENGTHS)) {
      throw new IOException(
          "the run %s was given another number of steps on its way; only a run that kept its length can be reproduced"
              .formatted(folder.root()));
    }
    Optional<WeightSource> initial = initial(folder, provenance);
    long step = RunCheckpoints.done(folder);
    long iterations = experiment.training().iterations();
    if (step < iterations || !new OwnMeasurements(folder, experiment, text).isDone(iterations)) {
      throw new IOException(
          "the run %s is at step %d of %d; finish it first: %s"
              .formatted(
                  folder.root(),
                  step,
                  iterations,
                  invocation.of(List.of("train", "--resume", "--run", folder.root()))));
    }
    Environment environment = onlyEnvironment(folder, provenance);
    return new OriginalRun(folder, experiment, text, environment, load(folder, step), initial);
  }

  private static Optional<WeightSource> initial(RunFolder folder, Provenance provenance)
      throws IOException {
    Optional<Map<?, ?>> facts = provenance.initialisedFrom();
    if (facts.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(WeightSource.of(facts.get(), folder));
    } catch (IOException | RefusedException e) {
      throw new IOException(
          "the run %s cannot be trained again without the weights that it began with: %s"
              .formatted(folder.root(), e.getMessage()),
          e);
    }
  }

  /** The checkpoint that the run began with, if it was one. */
  public Optional<WeightSource> initial() {
    return initial;
  }

  private static void requireUnchanged(RunFolder folder, Provenance provenance) throws IOException {
    String hash = Sha256.of(folder.experiment());
    if (!hash.equals(provenance.origin().get(Provenance.CONFIGURATION_HASH))) {
      throw new IOException(
          "%s is not what the run was started with: its SHA-256 is not the one in %s"
              .formatted(folder.experiment(), folder.provenance().getFileName()));
    }
  }

  private static Environment onlyEnvironment(RunFolder folder, Provenance provenance)
      throws IOException {
    List<Segment> segments = provenance.segments();
    if (segments.isEmpty() || segments.get(0).first() > 0) {
      throw new IOException(
          "%s does not say where the run's first steps were done".formatted(folder.provenance()));
    }
    if (segments.size() > 1) {
      List<String> changes = new ArrayList<>();
      for (int i = 1; i < segments.size(); i++) {
        Environment before = segments.get(i - 1).environment();
        changes.add(
            "from step %d on %s"
                .formatted(
                    segments.get(i).first(),
                    before.differences(segments.get(i).environment()).values().stream()
                        .map(Difference::toString)
                        .map(Reproduction::brief)
                        .collect(Collectors.joining(", "))));
      }
      throw new IOException(
          "the run %s was not trained in one environment, which a copy could be compared with: %s"
              .formatted(folder.root(), String.join("; ", changes)));
    }
    return segments.get(0).environment();
  }

  /** The environment that the run was trained in. */
  public Environment environment() {
    return environment;
  }

  /**
   * Checks that the data are those of the run.
   *
   * @param fingerprint that of the data set as it is now
   * @throws IOException if they are not
   */
  public void requireData(String fingerprint) throws IOException {
    if (environment.has(Provenance.DATA)
        && !environment.fact(Provenance.DATA).equals(fingerprint)) {
      throw new IOException(
          "the data have changed since the run %s was trained: their fingerprint was %s and is %s"
              .formatted(
                  folder.root(),
                  Reproduction.brief(environment.fact(Provenance.DATA)),
                  Reproduction.brief(fingerprint)));
    }
  }

  /**
   * Compares the run with a copy that was trained as far: of a model, what it has.
   *
   * @param tolerance the relative difference that is accepted; 0 for none
   * @throws IOException if a file of the two cannot be read
   */
  public Reproduction compare(RunFolder copy, double tolerance) throws IOException {
    TreeMap<String, Difference> differences = new TreeMap<>();
    for (Segment segment : Provenance.read(copy.provenance()).segments()) {
      environment
          .differences(segment.environment())
          .forEach((name, found) -> differences.merge(name, found, OriginalRun::both));
    }
    Checkpoint again = load(copy, last.step());
    boolean isModel = last.isModel();
    return new Reproduction(
        TensorComparison.ofCheckpoints(last, isModel ? again.only(last.parts().keySet()) : again),
        isModel
            ? TensorComparison.ofNumbers(Map.of(), Map.of())
            : TensorComparison.ofNumbers(numbers(folder), numbers(copy)),
        List.copyOf(differences.values()),
        tolerance);
  }

  /** What was reported while training, and what the run measured of itself. */
  private Map<String, SortedMap<Long, Double>> numbers(RunFolder run) throws IOException {
    Map<String, SortedMap<Long, Double>> numbers = new TreeMap<>(MetricsCsv.read(run.metrics()));
    numbers.putAll(new OwnMeasurements(run, experiment, text).curves());
    return numbers;
  }

  private static Difference both(Difference one, Difference next) {
    return one.after().equals(next.after())
        ? one
        : new Difference(one.name(), one.before(), one.after() + " and then " + next.after());
  }

  private static Checkpoint load(RunFolder folder, long step) throws IOException {
    return new CheckpointStore(folder.checkpoints()).load(step);
  }
}
