package io.ddgan.app.evaluation;

import io.ddgan.api.Examples;
import io.ddgan.api.RefusedException;
import io.ddgan.api.WorkListener;
import io.ddgan.app.environment.Backend;
import io.ddgan.app.experiment.TrainedRun;
import io.ddgan.app.models.Models;
import io.ddgan.eval.ComponentText;
import io.ddgan.eval.EvaluationContext;
import io.ddgan.eval.Evaluator;
import io.ddgan.eval.Evaluator.Recorder;
import io.ddgan.eval.GivenExamples;
import io.ddgan.eval.Reference;
import io.ddgan.eval.References;
import io.ddgan.eval.records.EvaluationFiles;
import io.ddgan.eval.records.EvaluationRecord;
import io.ddgan.eval.records.EvaluationRecord.Subject;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.checkpoint.RunCheckpoints;
import io.ddgan.train.data.Fingerprinted;
import io.ddgan.train.data.Readers;
import io.ddgan.train.experiment.EvaluationSettings;
import io.ddgan.train.experiment.Experiment;
import io.ddgan.train.experiment.LeastMemory;
import io.ddgan.train.sampling.Generated;
import io.ddgan.train.sampling.TrainedGenerator;
import io.ddgan.train.step.StoredNetwork;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.commons.io.function.IOFunction;

/** Measures what checkpoints of runs generate, and examples that are there already. */
public final class Evaluations {

  /** The keys of a run's experiment that measuring it may change, with those within them. */
  public static final Set<String> CHANGEABLE = Set.of("sampler", "evaluation", "data");

  private final ComponentText text;
  private final References references;

  @Inject
  public Evaluations(ComponentText text, References references) {
    this.text = text;
    this.references = references;
  }

  /** Generates the first examples of a seed in place of this process. */
  @FunctionalInterface
  public interface Maker {

    /**
     * Generates.
     *
     * @param generator what would make them in this process, and the same
     * @return the examples, {@code [count, ...shape]}; empty if the work was to be stopped before
     */
    Optional<float[]> make(TrainedGenerator generator, long seed, int count) throws IOException;
  }

  /**
   * What of a run is measured.
   *
   * @param steps chooses among its checkpoints
   * @param seed seed of the samples; the run's if empty
   * @param batch examples generated at a time; as in training if empty
   * @param floor whether real examples are measured, too, as if they had been generated; if empty,
   *     where those of the run's own data are enough
   * @param resume whether what the run's folder has is not measured again
   * @param maker generates the examples; this process if empty
   */
  public record Selection(
      IOFunction<RunCheckpoints, List<Long>> steps,
      StoredNetwork weights,
      Optional<Long> seed,
      Optional<Integer> batch,
      Optional<Boolean> floor,
      boolean resume,
      Optional<Maker> maker) {

    /** The average of the latest checkpoint, as {@code sample} draws of it. */
    public static Selection latest() {
      return new Selection(
          checkpoints -> List.of(checkpoints.latest()),
          StoredNetwork.AVERAGE,
          Optional.empty(),
          Optional.empty(),
          Optional.of(false),
          false,
          Optional.empty());
    }
  }

  /**
   * What is compared with.
   *
   * @param name what a user has named; the run's data, or nothing, if empty
   * @param keys those of a data set that is named, as {@code data.key=value}
   * @param saved where to write its statistics, if anywhere
   */
  public record Comparison(Optional<String> name, List<String> keys, Optional<Path> saved) {}

  /**
   * Loads what computes.
   *
   * @param readers were started before: the library may bind this thread to one core
   */
  public EvaluationContext context(
      Path cache, Readers readers, WorkListener listener, BooleanSupplier stop) {
    return new EvaluationContext(
        cache, readers, text::metric, Backend.load().machine(), listener, stop);
  }

  /**
   * Measures what checkpoints of a run generate; the run's folder keeps it, unless it is a model of
   * the distribution or may not be written, which is announced.
   *
   * @param run with what is measured in its experiment
   * @param found is given all numbers
   * @return whether all was measured, or the work was to be stopped before
   */
  public boolean measure(
      TrainedRun run,
      Selection selection,
      Comparison comparison,
      EvaluationContext context,
      Consumer<EvaluationRecord> found)
      throws IOException {
    Recorder recorder = new Recorder(files(run, context.listener()), selection.resume(), found);
    try (Reference reference = reference(run.experiment(), comparison)) {
      return measure(run, selection, reference, comparison, recorder, context);
    }
  }

  private Reference reference(Experiment experiment, Comparison comparison) throws IOException {
    if (comparison.name().isPresent()) {
      return references.open(comparison.name().get(), comparison.keys(), experiment.data().shape());
    }
    return experiment.evaluation().looksAtGeneratorOnly()
        ? Reference.none()
        : Reference.of(text.type(experiment.data()), Fingerprinted.of(experiment.data()));
  }

  private static Optional<EvaluationFiles> files(TrainedRun run, WorkListener listener)
      throws IOException {
    Path folder = run.folder().root();
    if (Models.ofDistribution().name(folder).isPresent()) {
      listener.announced("a model stays as it came: what is measured is shown, and not kept in it");
      return Optional.empty();
    }
    EvaluationFiles files = new EvaluationFiles(folder);
    List<EvaluationRecord> unused = files.read(); // to which nothing could be added if it fails
    if (!files.canAdd()) {
      listener.announced(
          "the run may not be written: what is measured is shown, and not kept in it");
    }
    return Optional.of(files);
  }

  private boolean measure(
      TrainedRun run,
      Selection selection,
      Reference reference,
      Comparison comparison,
      Recorder recorder,
      EvaluationContext context)
      throws IOException {
    EvaluationSettings settings = run.experiment().evaluation();
    StoredNetwork weights = selection.weights();
    RunCheckpoints checkpoints = run.checkpoints();
    List<Long> steps = selection.steps().apply(checkpoints);
    long seed = selection.seed().orElse(run.experiment().seed());
    int samples = settings.metrics().stream().mapToInt(settings::samples).max().orElse(0);
    boolean isFloorAsked = selection.floor().orElse(false);
    boolean withFloor =
        selection.floor().orElse(comparison.name().isEmpty())
            && canHaveFloor(reference, samples, isFloorAsked, context.listener());
    try (Evaluator evaluator =
        new Evaluator(settings, reference, withFloor, comparison.saved(), recorder, context)) {
      for (long step : steps) {
        try (TrainedGenerator generator =
            run.load(weights.withAverage(checkpoints, step), weights, selection.batch())) {
          Generated drawn = generator.drawn(new RandomStreams(seed));
          Generated examples = drawn;
          if (selection.maker().isPresent()) {
            Maker maker = selection.maker().get();
            examples = new MadeElsewhere(drawn, () -> made(maker, generator, seed, samples));
          }
          Subject subject =
              new Subject(
                  Optional.of(step),
                  weights.title(),
                  text.line(run.experiment().sampler()),
                  Optional.of(drawn.batch()),
                  seed);
          if (!evaluator.evaluate(subject, examples)) {
            return false;
          }
        }
      }
      try {
        return !withFloor || evaluator.evaluateFloor(seed);
      } catch (RefusedException e) { // too few real examples of a class, perhaps
        if (isFloorAsked) {
          throw e;
        }
        context.listener().announced("skipping the real-data baseline: " + e.getMessage());
        return true;
      }
    }
  }

  private static float[] made(Maker maker, TrainedGenerator generator, long seed, int samples)
      throws IOException {
    long most = LeastMemory.mostGenerated(generator.shape(), Runtime.getRuntime().maxMemory());
    if (samples > most) {
      throw new RefusedException(
          "only %,d examples fit into memory at once; ask for fewer, or evaluate without --parts"
              .formatted(most));
    }
    return maker
        .make(generator, seed, samples)
        .orElseThrow(() -> new CancellationException("the examples were not made"));
  }

  private static boolean canHaveFloor(
      Reference reference, int samples, boolean isAsked, WorkListener listener) {
    int size = reference.examples().map(Examples::size).orElse(0);
    if (size > 0 && 2L * samples <= size) {
      return true;
    }
    String why =
        "needs twice as many real examples as are generated, %,d, but there are %,d; ask for no more than %d --samples"
            .formatted(2L * samples, size, size / 2);
    if (isAsked) {
      throw new RefusedException("--floor " + why);
    }
    if (size > 0) {
      listener.announced("skipping the real-data baseline, which " + why);
    }
    return false;
  }

  /**
   * Measures examples that are there already.
   *
   * @param target a folder of pictures, or an array
   * @param seed seed of what metrics draw
   * @param found is given all numbers
   * @return whether all was measured, or the work was to be stopped before
   */
  public boolean measure(
      Path target,
      EvaluationSettings settings,
      long seed,
      Comparison comparison,
      EvaluationContext context,
      Consumer<EvaluationRecord> found)
      throws IOException {
    String name = comparison.name().orElse(References.NONE);
    Recorder recorder = new Recorder(Optional.empty(), false, found);
    try (Reference reference = references.open(name, comparison.keys(), Optional.empty());
        Reference given = given(target, reference);
        Evaluator evaluator =
            new Evaluator(settings, reference, false, comparison.saved(), recorder, context)) {
      return evaluator.evaluate(
          new Subject(Optional.empty(), target.toString(), "", Optional.empty(), seed),
          new GivenExamples(given.examples().orElseThrow(), context.readers()));
    }
  }

  private Reference given(Path target, Reference reference) throws IOException {
    if (!Files.isDirectory(target)
        && !(Files.exists(target) && target.toString().endsWith(".npz"))) {
      throw new IOException(
          "%s is neither a run, nor a folder of pictures, nor an .npz file".formatted(target));
    }
    Reference given =
        references.open(
            target.toAbsolutePath().toString(),
            List.of(),
            reference.examples().map(Examples::shape));
    if (given.examples().isEmpty()) {
      throw new IOException(
          "%s holds statistics, not examples; name it with --reference".formatted(target));
    }
    return given;
  }
}
