package io.ddgan.eval.records;

import io.ddgan.eval.records.EvaluationRecord.Subject;
import io.ddgan.train.checkpoint.CheckpointStore;
import io.ddgan.train.checkpoint.RunCheckpoints;
import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A run's evaluations, by its training or later.
 *
 * @param records from the oldest to the newest
 * @param step the checkpoint that represents the run
 * @param best the best checkpoint, if kept and not the same
 * @param sampler the run's own sampler, on one line
 * @param seed the run's own seed
 */
public record MeasuredRun(
    List<EvaluationRecord> records, long step, Optional<Long> best, String sampler, long seed) {

  /**
   * Reads a run. Its last checkpoint represents it or, during training, the last one that was
   * evaluated.
   *
   * @param last total number of training steps
   * @throws IOException if a file cannot be read; the message names it
   */
  public static MeasuredRun read(RunFolder folder, long last, String sampler, long seed)
      throws IOException {
    List<EvaluationRecord> records = new EvaluationFiles(folder.root()).read();
    long step =
        records.stream()
            .mapToLong(each -> each.subject().checkpoint().orElse(0L))
            .filter(measured -> measured <= last)
            .max()
            .orElse(last);
    boolean isTrained = RunCheckpoints.done(folder) >= last;
    long standing = isTrained ? last : step;
    Optional<Long> best =
        new CheckpointStore(folder.best())
            .latest().stream().filter(kept -> kept != standing).boxed().findFirst();
    return new MeasuredRun(records, standing, best, sampler, seed);
  }

  /** Returns the conditions of a record. */
  public MeasurementConditions conditions(EvaluationRecord measured) {
    Subject subject = measured.subject();
    return new MeasurementConditions(
        measured.measure(),
        measured.settings(),
        measured.samples(),
        subject.weights(),
        Optional.of(subject.sampler()).filter(other -> !other.equals(sampler)),
        Optional.of(subject.seed()).filter(other -> other != seed),
        measured.comparison().featuresHash(),
        measured.comparison().referenceHash(),
        Optional.of(measured.machine()).filter(machine -> measured.samples() == 0));
  }

  /** Returns the values by step under the same conditions. */
  public SortedMap<Long, Double> curve(MeasurementConditions conditions) {
    SortedMap<Long, Double> curve = new TreeMap<>();
    records.stream()
        .filter(each -> conditions(each).equals(conditions))
        .forEach(each -> each.subject().checkpoint().ifPresent(at -> curve.put(at, each.value())));
    return curve;
  }

  /** Returns the records of the checkpoint that represents the run. */
  List<EvaluationRecord> ofItsStep() {
    return records.stream()
        .filter(each -> each.subject().checkpoint().equals(Optional.of(step)))
        .toList();
  }
}
