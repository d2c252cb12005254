package io.ddgan.eval;

import io.ddgan.api.Metric.Better;
import io.ddgan.api.Metric.Measure;
import io.ddgan.eval.records.EvaluationFiles;
import io.ddgan.eval.records.EvaluationRecord;
import io.ddgan.eval.records.EvaluationRecord.Subject;
import io.ddgan.train.experiment.EvaluationSettings;
import io.ddgan.train.experiment.Experiment;
import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run has measured of itself, as its configuration says: of its averaged generator, with its
 * sampler and seed. It is kept where everything is that was measured of the run.
 */
public final class OwnMeasurements {

  private final EvaluationFiles files;
  private final EvaluationSettings settings;
  private final ComponentText text;
  private final String sampler;
  private final long seed;

  /**
   * Those of a run.
   *
   * @param experiment what it trains and measures
   * @param text how components are written
   */
  public OwnMeasurements(RunFolder folder, Experiment experiment, ComponentText text) {
    this.files = new EvaluationFiles(folder.root());
    this.settings = experiment.evaluation();
    this.text = text;
    this.sampler = text.line(experiment.sampler());
    this.seed = experiment.seed();
  }

  /**
   * Whether all metrics of the run's configuration were measured after a step; true of a run that
   * measures nothing.
   *
   * @throws IOException if a file cannot be read; the message names it
   */
  public boolean isDone(long step) throws IOException {
    Set<String> measured = new HashSet<>();
    for (EvaluationRecord each : own()) {
      if (each.subject().checkpoint().orElseThrow() == step) {
        measured.add(each.settings());
      }
    }
    return settings.metrics().stream().map(text::metric).allMatch(measured::contains);
  }

  /**
   * The numbers by the step after which they were measured, by name of the measure.
   *
   * @throws IOException if a file cannot be read; the message names it
   */
  public Map<String, SortedMap<Long, Double>> curves() throws IOException {
    Map<String, SortedMap<Long, Double>> curves = new LinkedHashMap<>();
    for (EvaluationRecord each : own()) {
      curves
          .computeIfAbsent(each.measure().name(), name -> new TreeMap<>())
          .put(each.subject().checkpoint().orElseThrow(), each.value());
    }
    return curves;
  }

  private List<EvaluationRecord> own() throws IOException {
    return settings.metrics().isEmpty()
        ? List.of()
        : files.read().stream().filter(this::isOwn).toList();
  }

  private boolean isOwn(EvaluationRecord each) {
    Subject subject = each.subject();
    return subject.checkpoint().isPresent()
        && subject.weights().equals(Subject.AVERAGE)
        && subject.sampler().equals(sampler)
        && subject.seed() == seed
        && settings.metrics().stream()
            .anyMatch(
                metric ->
                    text.metric(metric).equals(each.settings())
                        && settings.samples(metric) == each.samples());
  }

  /**
   * What the run measures of itself.
   *
   * @param step the step after which it does
   * @param batch examples that are generated at a time
   */
  Subject subject(long step, int batch) {
    return new Subject(Optional.of(step), Subject.AVERAGE, sampler, Optional.of(batch), seed);
  }

  /**
   * Adds what was measured.
   *
   * @throws IOException if a file cannot be read or written; the message names it
   */
  void add(List<EvaluationRecord> records) throws IOException {
    files.add(records);
  }

  /**
   * Whether an evaluation is the best so far; never if no best is sought, or if it has given no
   * finite number.
   */
  boolean isBest(long step, Map<String, Double> measured) throws IOException {
    if (settings.best().isEmpty()) {
      return false;
    }
    String name = settings.best().get();
    double latest = measured.getOrDefault(name, Double.NaN);
    if (!Double.isFinite(latest)) {
      System.getLogger(OwnMeasurements.class.getName())
          .log(
              Level.WARNING,
              "step {0} cannot be the best: its evaluation has given no finite {1}",
              Long.toString(step),
              name);
    }
    Collection<Double> earlier =
        curves().getOrDefault(name, new TreeMap<>()).headMap(step).values();
    Measure measure =
        settings.measures().stream().filter(m -> m.name().equals(name)).findFirst().orElseThrow();
    return isBest(latest, earlier, measure.better());
  }

  /** Whether a number is finite and better than all finite ones before. */
  static boolean isBest(double latest, Collection<Double> earlier, Better better) {
    double sign = better == Better.LOWER ? 1 : -1;
    return Double.isFinite(latest)
        && earlier.stream()
            .filter(Double::isFinite)
            .noneMatch(value -> sign * value <= sign * latest);
  }
}
