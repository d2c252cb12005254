package io.ddgan.app.evaluation;

import io.ddgan.api.Metric.Need;
import io.ddgan.api.RefusedException;
import io.ddgan.internal.weights.MomentsFile;
import io.ddgan.train.evaluation.EvaluationContext;
import io.ddgan.train.evaluation.EvaluationPlan;
import io.ddgan.train.evaluation.EvaluationSettings;
import io.ddgan.train.evaluation.Evaluator;
import io.ddgan.train.evaluation.Generated;
import io.ddgan.train.evaluation.Recorder;
import io.ddgan.train.evaluation.Reference;
import io.ddgan.train.evaluation.RowSource;
import io.ddgan.train.evaluation.records.EvaluationFiles;
import io.ddgan.train.evaluation.records.EvaluationRecord.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Measures several sets of examples in the same way. What a metric gives is kept as soon as it is
 * known, whatever becomes of the others.
 */
final class EvaluationSession implements AutoCloseable {

  private final EvaluationSettings settings;
  private final Reference reference;
  private final EvaluationContext context;
  private final Optional<Path> saved;
  private final Recorder recorder;
  private final boolean withFloor;
  private Optional<Evaluator> evaluator = Optional.empty();

  private EvaluationSession(
      EvaluationSettings settings,
      Reference reference,
      EvaluationContext context,
      Optional<Path> saved,
      Recorder recorder,
      boolean withFloor) {
    this.settings = settings;
    this.reference = reference;
    this.context = context;
    this.saved = saved;
    this.recorder = recorder;
    this.withFloor = withFloor;
  }

  /**
   * Nothing is measured yet, but all can be kept.
   *
   * @param saved where to write the statistics of what is compared with, if anywhere
   * @param recorder takes all numbers down
   * @param withFloor whether real examples will be measured, too
   * @throws IllegalArgumentException if statistics are to be written that no metric needs
   * @throws IOException if numbers cannot be added to the recorder's files; the message says why
   */
  static EvaluationSession begin(
      EvaluationSettings settings,
      Reference reference,
      EvaluationContext context,
      Optional<Path> saved,
      Recorder recorder,
      boolean withFloor)
      throws IOException {
    boolean hasMoments =
        reference.moments().isPresent()
            || settings.metrics().stream()
                .anyMatch(
                    metric ->
                        EvaluationPlan.needs(metric, reference.examples())
                            .contains(Need.REAL_MOMENTS));
    if (saved.isPresent() && !hasMoments) {
      throw new RefusedException(
          "--save-reference goes with a metric that needs the statistics, such as fid");
    }
    if (recorder.files().isPresent()) {
      EvaluationFiles files = recorder.files().get();
      files.check();
      if (!files.canAdd()) {
        context
            .listener()
            .announced("the run may not be written: what is measured is shown, and not kept in it");
      }
    }
    return new EvaluationSession(settings, reference, context, saved, recorder, withFloor);
  }

  /**
   * Measures one set, whose rows may be extracted elsewhere.
   *
   * @param elsewhere has them extracted
   * @return whether all was measured, or the work was to be stopped before
   */
  boolean measure(Subject subject, Generated generated, Optional<RowSource> elsewhere)
      throws IOException {
    if (evaluator.isEmpty()) {
      evaluator = Evaluator.prepare(settings, reference, generated, withFloor, context);
      if (evaluator.isEmpty()) {
        return false;
      }
      saveReference();
    }
    return evaluator.get().evaluate(subject, generated, elsewhere, recorder);
  }

  /**
   * Measures real examples as if they had been generated, and compares them with the others, after
   * a set was measured. There must be twice as many as are generated.
   *
   * @return as {@link #measure}
   */
  boolean measureFloor(long seed) throws IOException {
    return evaluator.orElseThrow().evaluateFloor(seed, recorder);
  }

  private void saveReference() throws IOException {
    if (saved.isPresent()) {
      MomentsFile.write(
          saved.get(),
          evaluator.flatMap(Evaluator::realMoments).or(reference::moments).orElseThrow());
    }
  }

  @Override
  public void close() throws IOException {
    if (evaluator.isPresent()) {
      evaluator.get().close();
    }
  }
}
