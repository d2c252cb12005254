package io.ddgan.cli;

import io.ddgan.api.Features;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.evaluation.EvaluationRecord;
import io.ddgan.train.evaluation.EvaluationRecord.Comparison;
import io.ddgan.train.evaluation.EvaluationRecord.Machine;
import io.ddgan.train.evaluation.EvaluationRecord.Subject;
import io.ddgan.train.evaluation.EvaluationSettings;
import io.ddgan.train.evaluation.Evaluator;
import io.ddgan.train.evaluation.Generated;
import io.ddgan.train.evaluation.Reference;
import io.ddgan.train.evaluation.Workplace;
import io.ddgan.weights.MomentsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Measures several sets of examples in the same way. */
final class Measuring implements AutoCloseable {

  private final EvaluationSettings settings;
  private final Reference reference;
  private final Workplace workplace;
  private final Machine machine;
  private final boolean resume;
  private Optional<Evaluator> evaluator = Optional.empty();

  /**
   * Nothing is measured yet.
   *
   * @param resume whether the features of an earlier, unfinished evaluation are used
   */
  Measuring(
      EvaluationSettings settings,
      Reference reference,
      Workplace workplace,
      Machine machine,
      boolean resume) {
    this.settings = settings;
    this.reference = reference;
    this.workplace = workplace;
    this.machine = machine;
    this.resume = resume;
  }

  /** Measures one set. */
  List<EvaluationRecord> measure(Subject subject, Generated generated) throws IOException {
    Evaluator ready = prepare(generated);
    Comparison comparison =
        new Comparison(
            ready.features().map(Features::description).orElse(""),
            ready.features().map(Features::fingerprint).orElse(""),
            reference.name(),
            ready.referenceFingerprint());
    return ready
        .evaluate(generated, new RandomStreams(subject.seed()), resume)
        .orElseThrow()
        .stream()
        .map(result -> new EvaluationRecord(subject, result, comparison, machine))
        .toList();
  }

  private Evaluator prepare(Generated generated) throws IOException {
    if (evaluator.isEmpty()) {
      evaluator = Evaluator.prepare(settings, reference, generated, workplace);
    }
    return evaluator.orElseThrow();
  }

  /**
   * Writes the statistics of what was compared with.
   *
   * @throws IllegalArgumentException if no metric has needed them
   */
  void saveReference(Path file) throws IOException {
    var moments = evaluator.flatMap(Evaluator::realMoments).or(reference::moments);
    MomentsFile.write(
        file,
        moments.orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--save-reference goes with a metric that needs the statistics, such as fid")));
  }

  /** Removes what is only of use to an evaluation that is not finished. */
  void finish() throws IOException {
    if (evaluator.isPresent()) {
      evaluator.get().forget();
    }
  }

  @Override
  public void close() throws IOException {
    if (evaluator.isPresent()) {
      evaluator.get().close();
    }
  }
}
