package io.ddgan.cli.evaluation;

import io.ddgan.api.Metric;
import io.ddgan.api.Metric.Measure;
import io.ddgan.api.Metric.Need;
import io.ddgan.api.RefusedException;
import io.ddgan.random.RandomStreams;
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
import io.ddgan.train.evaluation.records.EvaluationRecord.Comparison;
import io.ddgan.train.evaluation.records.EvaluationRecord.Machine;
import io.ddgan.train.evaluation.records.EvaluationRecord.Result;
import io.ddgan.train.evaluation.records.EvaluationRecord.Subject;
import io.ddgan.weights.MomentsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Measures several sets of examples in the same way. What a metric gives is kept as soon as it is
 * known, whatever becomes of the others.
 */
public final class EvaluationSession implements AutoCloseable {

  /**
   * How it is measured.
   *
   * @param metrics writes a metric on one line: its type and its keys
   * @param resume whether what an earlier evaluation left is used
   * @param saved where to write the statistics of what is compared with
   */
  public record Method(
      EvaluationContext context,
      Function<Metric, String> metrics,
      Machine machine,
      boolean resume,
      Optional<Path> saved) {}

  private final EvaluationSettings settings;
  private final Reference reference;
  private final Method method;
  private final Optional<EvaluationFiles> files;
  private final boolean withFloor;
  private final Consumer<EvaluationRecord> found;
  private Optional<Evaluator> evaluator = Optional.empty();

  private EvaluationSession(
      EvaluationSettings settings,
      Reference reference,
      Method method,
      Optional<EvaluationFiles> files,
      boolean withFloor,
      Consumer<EvaluationRecord> found) {
    this.settings = settings;
    this.reference = reference;
    this.method = method;
    this.files = files;
    this.withFloor = withFloor;
    this.found = found;
  }

  /**
   * Nothing is measured yet, but all can be kept.
   *
   * @param files where numbers are kept, if anywhere
   * @param withFloor whether real examples will be measured, too
   * @param found is given all numbers
   * @throws IllegalArgumentException if statistics are to be written that no metric needs
   * @throws IOException if numbers cannot be added to the files; the message says why
   */
  public static EvaluationSession begin(
      EvaluationSettings settings,
      Reference reference,
      Method method,
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
    if (method.saved().isPresent() && !hasMoments) {
      throw new RefusedException(
          "--save-reference goes with a metric that needs the statistics, such as fid");
    }
    if (files.isPresent()) {
      files.get().check();
      if (!files.get().canAdd()) {
        method
            .context()
            .listener()
            .announced("the run may not be written: what is measured is shown, and not kept in it");
      }
    }
    return new EvaluationSession(settings, reference, method, files, withFloor, found);
  }

  /**
   * Measures one set, whose rows may be extracted elsewhere.
   *
   * @param elsewhere has them extracted
   */
  void measure(Subject subject, Generated generated, Optional<RowSource> elsewhere)
      throws IOException {
    if (evaluator.isEmpty()) {
      evaluator = Evaluator.prepare(settings, reference, generated, withFloor, method.context());
      saveReference();
    }
    Evaluator ready = evaluator.orElseThrow();
    ready.evaluate(
        generated,
        elsewhere,
        new RandomStreams(subject.seed()),
        method.resume(),
        new RecordKeeper(subject));
    ready.forget();
  }

  /**
   * Measures real examples as if they had been generated, and compares them with the others. There
   * must be twice as many as are generated.
   */
  void measureFloor(long seed) throws IOException {
    Evaluator ready = evaluator.orElseThrow();
    ready.evaluateFloor(
        new RandomStreams(seed), method.resume(), new RecordKeeper(Subject.real(seed)));
    ready.forget();
  }

  private void saveReference() throws IOException {
    if (method.saved().isPresent()) {
      MomentsFile.write(
          method.saved().get(),
          evaluator.flatMap(Evaluator::realMoments).or(reference::moments).orElseThrow());
    }
  }

  @Override
  public void close() throws IOException {
    if (evaluator.isPresent()) {
      evaluator.get().close();
    }
  }

  /** Of one set. */
  private final class RecordKeeper implements Recorder {

    private final Subject subject;

    RecordKeeper(Subject subject) {
      this.subject = subject;
    }

    @Override
    public boolean knows(Metric metric, Comparison comparison, int samples) throws IOException {
      List<EvaluationRecord> known = new ArrayList<>();
      if (method.resume() && files.isPresent()) {
        for (Measure measure : metric.measures()) {
          EvaluationRecord any = record(metric, comparison, new Result(measure, 0, samples));
          files.get().find(any).ifPresent(known::add);
        }
      }
      known.forEach(found);
      return !known.isEmpty();
    }

    @Override
    public void measured(Metric metric, Comparison comparison, List<Result> results)
        throws IOException {
      List<EvaluationRecord> records =
          results.stream().map(result -> record(metric, comparison, result)).toList();
      records.forEach(found);
      if (files.filter(EvaluationFiles::canAdd).isPresent()) {
        files.get().add(records);
      }
    }

    private EvaluationRecord record(Metric metric, Comparison comparison, Result result) {
      return new EvaluationRecord(
          subject, method.metrics().apply(metric), result, comparison, method.machine());
    }
  }
}
