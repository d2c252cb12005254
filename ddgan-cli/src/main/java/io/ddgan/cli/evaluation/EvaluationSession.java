package io.ddgan.cli.evaluation;

import io.ddgan.api.Metric.Need;
import io.ddgan.api.RefusedException;
import io.ddgan.train.evaluation.EvaluationContext;
import io.ddgan.train.evaluation.EvaluationPlan;
import io.ddgan.train.evaluation.EvaluationSettings;
import io.ddgan.train.evaluation.Evaluator;
import io.ddgan.train.evaluation.Generated;
import io.ddgan.train.evaluation.Recorder;
import io.ddgan.train.evaluation.Reference;
import io.ddgan.train.evaluation.RowSource;
import io.ddgan.train.evaluation.records.EvaluationFiles;
import io.ddgan.train.evaluation.records.EvaluationRecord;
import io.ddgan.train.evaluation.records.EvaluationRecord.Subject;
import io.ddgan.weights.MomentsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Measures several sets of examples in the same way. What a metric gives is kept as soon as it is
 * known, whatever becomes of the others.
 */
public final class EvaluationSession implements AutoCloseable {

  private final EvaluationSettings settings;
  private final Reference reference;
  private final EvaluationContext context;
  private final Optional<Path> saved;
  private final Optional<EvaluationFiles> files;
  private final boolean withFloor;
  private final Consumer<EvaluationRecord> found;
  private Optional<Evaluator> evaluator = Optional.empty();

  private EvaluationSession(
      EvaluationSettings settings,
      Reference reference,
      EvaluationContext context,
      Optional<Path> saved,
      Optional<EvaluationFiles> files,
      boolean withFloor,
      Consumer<EvaluationRecord> found) {
    this.settings = settings;
    this.reference = reference;
    this.context = context;
    this.saved = saved;
    this.files = files;
    this.withFloor = withFloor;
    this.found = found;
  }

  /**
   * Nothing is measured yet, but all can be kept.
   *
   * @param saved where to write the statistics of what is compared with, if anywhere
   * @param files where numbers are kept, if anywhere
   * @param withFloor whether real examples will be measured, too
   * @param found is given all numbers
   * @throws IllegalArgumentException if statistics are to be written that no metric needs
   * @throws IOException if numbers cannot be added to the files; the message says why
   */
  static EvaluationSession begin(
      EvaluationSettings settings,
      Reference reference,
      EvaluationContext context,
      Optional<Path> saved,
      Optional<EvaluationFiles> files,
      boolean withFloor,
      Consumer<EvaluationRecord> found)
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
    if (files.isPresent()) {
      files.get().check();
      if (!files.get().canAdd()) {
        context
            .listener()
            .announced("the run may not be written: what is measured is shown, and not kept in it");
      }
    }
    return new EvaluationSession(settings, reference, context, saved, files, withFloor, found);
  }

  /**
   * Measures one set, whose rows may be extracted elsewhere.
   *
   * @param elsewhere has them extracted
   */
  void measure(Subject subject, Generated generated, Optional<RowSource> elsewhere)
      throws IOException {
    if (evaluator.isEmpty()) {
      evaluator = Evaluator.prepare(settings, reference, generated, withFloor, context);
      saveReference();
    }
    Evaluator ready = evaluator.orElseThrow();
    ready.evaluate(generated, elsewhere, new Recorder(subject, files, found));
    ready.forget();
  }

  /**
   * Measures real examples as if they had been generated, and compares them with the others. There
   * must be twice as many as are generated.
   */
  void measureFloor(long seed) throws IOException {
    Evaluator ready = evaluator.orElseThrow();
    ready.evaluateFloor(new Recorder(Subject.real(seed), files, found));
    ready.forget();
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
