package io.ddgan.app.evaluation;

import io.ddgan.api.Dataset;
import io.ddgan.api.RefusedException;
import io.ddgan.api.WorkListener;
import io.ddgan.app.experiment.TrainedRun;
import io.ddgan.app.models.Models;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.checkpoint.RunCheckpoints;
import io.ddgan.train.evaluation.ComponentText;
import io.ddgan.train.evaluation.EvaluationContext;
import io.ddgan.train.evaluation.EvaluationPlan;
import io.ddgan.train.evaluation.EvaluationSettings;
import io.ddgan.train.evaluation.ExampleRange;
import io.ddgan.train.evaluation.Extraction;
import io.ddgan.train.evaluation.Recorder;
import io.ddgan.train.evaluation.Reference;
import io.ddgan.train.evaluation.RowSource;
import io.ddgan.train.evaluation.records.EvaluationFiles;
import io.ddgan.train.evaluation.records.EvaluationRecord;
import io.ddgan.train.evaluation.records.EvaluationRecord.Subject;
import io.ddgan.train.experiment.Experiment;
import io.ddgan.train.sampling.DrawnExamples;
import io.ddgan.train.sampling.TrainedGenerator;
import io.ddgan.train.step.StoredNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/** Measures what checkpoints of a run generate. */
public final class EvaluatedRun {

  /** The keys of a run's experiment that measuring it may change, with those within them. */
  public static final Set<String> CHANGEABLE = Set.of("sampler", "evaluation", "data");

  private final TrainedRun run;
  private final ComponentText text;
  private final Selection selection;

  /**
   * Nothing is measured yet.
   *
   * @param run with what is measured in its experiment
   */
  public EvaluatedRun(TrainedRun run, ComponentText text, Selection selection) {
    this.run = run;
    this.text = text;
    this.selection = selection;
  }

  /** Chooses among the checkpoints of a run. */
  @FunctionalInterface
  public interface Steps {

    /** The steps of those that are measured. */
    List<Long> of(RunCheckpoints checkpoints) throws IOException;
  }

  /** Whether real examples are measured, too, as if they had been generated. */
  public enum Floor {
    /** They are not. */
    NEVER,
    /** If there are enough of them. */
    WHERE_POSSIBLE,
    /** Nothing is measured if there are too few. */
    ALWAYS
  }

  /**
   * What of a run is measured.
   *
   * @param seed seed of the samples; the run's if empty
   * @param batch examples generated at a time; as in training if empty
   */
  public record Selection(
      Steps steps,
      StoredNetwork weights,
      Optional<Long> seed,
      Optional<Integer> batch,
      Floor floor) {

    /** The average of the latest checkpoint, as {@code sample} draws of it. */
    public static Selection latest() {
      return new Selection(
          checkpoints -> List.of(checkpoints.latest()),
          StoredNetwork.AVERAGE,
          Optional.empty(),
          Optional.empty(),
          Floor.NEVER);
    }
  }

  /**
   * The data that the run was trained on, or nothing if no metric looks at them.
   *
   * @throws IOException if they cannot be opened
   */
  public Reference data() throws IOException {
    Dataset data = run.experiment().data();
    return run.experiment().evaluation().looksAtGeneratorOnly()
        ? Reference.none()
        : Reference.of(text.type(data), data.open());
  }

  /**
   * Extracts the rows of some examples of the first checkpoint, for an evaluation in another
   * process.
   *
   * @param reference what that compares with
   * @param rows the folder that they go to
   * @return whether all were extracted, or the work was to be stopped before
   */
  public boolean extract(
      Reference reference, ExampleRange range, Path rows, EvaluationContext context)
      throws IOException {
    RunCheckpoints checkpoints = run.checkpoints();
    long step = selection.steps().of(checkpoints).get(0);
    try (TrainedGenerator generator = load(checkpoints, step)) {
      DrawnExamples drawn = generator.drawn(new RandomStreams(seed()));
      return Extraction.extract(
          run.experiment().evaluation(), reference, drawn, range, rows, context);
    }
  }

  private long seed() {
    return selection.seed().orElse(run.experiment().seed());
  }

  private TrainedGenerator load(RunCheckpoints checkpoints, long step) throws IOException {
    StoredNetwork weights = selection.weights();
    return run.load(weights.withAverage(checkpoints, step), weights, selection.batch());
  }

  /**
   * Measures.
   *
   * @param reference what is compared with
   * @param saved where to write its statistics, if anywhere
   * @param elsewhere has the rows of a step's examples extracted; if empty, this process does it
   * @param found is given all numbers
   * @return whether all was measured, or the work was to be stopped before
   */
  public boolean measure(
      Reference reference,
      EvaluationContext context,
      Optional<Path> saved,
      Optional<LongFunction<RowSource>> elsewhere,
      Consumer<EvaluationRecord> found)
      throws IOException {
    Experiment experiment = run.experiment();
    Path folder = run.folder().root();
    RunCheckpoints checkpoints = run.checkpoints();
    List<Long> steps = selection.steps().of(checkpoints);
    long seed = seed();
    boolean withFloor = withFloor(reference, context.listener());
    boolean isModel = Models.ofDistribution().name(folder).isPresent();
    Optional<EvaluationFiles> files =
        isModel ? Optional.empty() : Optional.of(new EvaluationFiles(folder));
    if (isModel) {
      context
          .listener()
          .announced("a model stays as it came: what is measured is shown, and not kept in it");
    }
    try (EvaluationSession measuring =
        EvaluationSession.begin(
            experiment.evaluation(),
            reference,
            context,
            saved,
            new Recorder(files, found),
            withFloor)) {
      for (long step : steps) {
        try (TrainedGenerator generator = load(checkpoints, step)) {
          var drawn = generator.drawn(new RandomStreams(seed));
          Subject subject =
              new Subject(
                  Optional.of(step),
                  selection.weights().title(),
                  text.line(experiment.sampler()),
                  Optional.of(drawn.batch()),
                  seed);
          if (!measuring.measure(subject, drawn, elsewhere.map(source -> source.apply(step)))) {
            return false;
          }
        }
      }
      return !withFloor || measureFloor(measuring, seed, context.listener());
    }
  }

  /** A metric may have too few real examples of a class, say, to compare others with. */
  private boolean measureFloor(EvaluationSession measuring, long seed, WorkListener listener)
      throws IOException {
    try {
      return measuring.measureFloor(seed);
    } catch (RefusedException e) {
      if (selection.floor() == Floor.ALWAYS) {
        throw e;
      }
      listener.announced("without a floor: of real examples, " + e.getMessage());
      return true;
    }
  }

  private boolean withFloor(Reference reference, WorkListener listener) {
    if (selection.floor() == Floor.NEVER) {
      return false;
    }
    boolean isAsked = selection.floor() == Floor.ALWAYS;
    if (reference.examples().isEmpty()) {
      if (isAsked) {
        throw new RefusedException(
            "--floor measures real examples; name a data set with --reference");
      }
      return false;
    }
    EvaluationSettings settings = run.experiment().evaluation();
    int size = reference.examples().get().size();
    int most =
        settings.metrics().stream()
            .mapToInt(metric -> EvaluationPlan.samples(metric, settings))
            .max()
            .orElse(0);
    if (2L * most <= size) {
      return true;
    }
    String why =
        "needs twice as many real examples as are generated, %,d, but there are %,d; ask for no more than %d --samples"
            .formatted(2L * most, size, size / 2);
    if (isAsked) {
      throw new RefusedException("--floor " + why);
    }
    listener.announced("without a floor, which " + why);
    return false;
  }
}
