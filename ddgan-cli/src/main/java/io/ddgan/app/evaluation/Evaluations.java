package io.ddgan.app.evaluation;

import io.ddgan.api.DataShape;
import io.ddgan.api.Examples;
import io.ddgan.api.RefusedException;
import io.ddgan.api.WorkListener;
import io.ddgan.app.environment.Backend;
import io.ddgan.app.experiment.TrainedRun;
import io.ddgan.app.models.Models;
import io.ddgan.eval.ComponentText;
import io.ddgan.eval.EvaluationContext;
import io.ddgan.eval.EvaluationPlan;
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
import io.ddgan.train.data.Readers;
import io.ddgan.train.experiment.EvaluationSettings;
import io.ddgan.train.experiment.Experiment;
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
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

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
   * @param maker generates the examples elsewhere; in this process if empty
   */
  public record Selection(
      Steps steps,
      StoredNetwork weights,
      Optional<Long> seed,
      Optional<Integer> batch,
      Floor floor,
      Optional<Maker> maker) {

    /** The average of the latest checkpoint, as {@code sample} draws of it. */
    public static Selection latest() {
      return new Selection(
          checkpoints -> List.of(checkpoints.latest()),
          StoredNetwork.AVERAGE,
          Optional.empty(),
          Optional.empty(),
          Floor.NEVER,
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
  public record Comparison(Optional<String> name, List<String> keys, Optional<Path> saved) {

    /** With the run's own data. */
    public static Comparison own() {
      return new Comparison(Optional.empty(), List.of(), Optional.empty());
    }
  }

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
   * @param resume whether what the folder has is not measured again
   * @param found is given all numbers
   * @return whether all was measured, or the work was to be stopped before
   */
  public boolean measure(
      TrainedRun run,
      Selection selection,
      Comparison comparison,
      boolean resume,
      EvaluationContext context,
      Consumer<EvaluationRecord> found)
      throws IOException {
    return run.located(
        () -> {
          try (Reference reference = reference(run.experiment(), comparison)) {
            Recorder recorder = new Recorder(files(run, context.listener()), resume, found);
            return measure(run, selection, reference, comparison.saved(), recorder, context);
          }
        });
  }

  private Reference reference(Experiment experiment, Comparison comparison) throws IOException {
    if (comparison.name().isPresent()) {
      Optional<DataShape> shape = experiment.data().shape();
      return references.open(comparison.name().get(), comparison.keys(), shape);
    }
    return experiment.evaluation().looksAtGeneratorOnly()
        ? Reference.none()
        : Reference.of(text.type(experiment.data()), experiment.data().open());
  }

  private static Optional<EvaluationFiles> files(TrainedRun run, WorkListener listener)
      throws IOException {
    Path folder = run.folder().root();
    if (Models.ofDistribution().name(folder).isPresent()) {
      listener.announced("a model stays as it came: what is measured is shown, and not kept in it");
      return Optional.empty();
    }
    EvaluationFiles files = new EvaluationFiles(folder);
    List<EvaluationRecord> unused = files.read(); // to which numbers could not be added otherwise
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
      Optional<Path> saved,
      Recorder recorder,
      EvaluationContext context)
      throws IOException {
    Experiment experiment = run.experiment();
    StoredNetwork weights = selection.weights();
    RunCheckpoints checkpoints = run.checkpoints();
    List<Long> steps = selection.steps().of(checkpoints);
    long seed = selection.seed().orElse(experiment.seed());
    int samples = EvaluationPlan.samples(experiment.evaluation());
    boolean withFloor = withFloor(selection.floor(), samples, reference, context.listener());
    try (Evaluator evaluator =
        new Evaluator(experiment.evaluation(), reference, withFloor, saved, recorder, context)) {
      for (long step : steps) {
        try (TrainedGenerator generator =
            run.load(weights.withAverage(checkpoints, step), weights, selection.batch())) {
          Generated own = generator.drawn(new RandomStreams(seed));
          Generated drawn =
              selection
                  .maker()
                  .<Generated>map(maker -> new MadeElsewhere(own, maker, generator, seed, samples))
                  .orElse(own);
          Subject subject =
              new Subject(
                  Optional.of(step),
                  weights.title(),
                  text.line(experiment.sampler()),
                  Optional.of(own.batch()),
                  seed);
          if (!evaluator.evaluate(subject, drawn)) {
            return false;
          }
        }
      }
      return !withFloor || measureFloor(evaluator, selection.floor(), seed, context.listener());
    }
  }

  /** A metric may have too few real examples of a class, say, to compare others with. */
  private static boolean measureFloor(
      Evaluator evaluator, Floor floor, long seed, WorkListener listener) throws IOException {
    try {
      return evaluator.evaluateFloor(seed);
    } catch (RefusedException e) {
      if (floor == Floor.ALWAYS) {
        throw e;
      }
      listener.announced("skipping the real-data baseline: " + e.getMessage());
      return true;
    }
  }

  private static boolean withFloor(
      Floor floor, int samples, Reference reference, WorkListener listener) {
    boolean isAsked = floor == Floor.ALWAYS;
    if (isAsked && reference.examples().isEmpty()) {
      throw new RefusedException(
          "--floor measures real examples; name a data set with --reference");
    }
    if (floor == Floor.NEVER || reference.examples().isEmpty()) {
      return false;
    }
    int size = reference.examples().get().size();
    if (2L * samples <= size) {
      return true;
    }
    String why =
        "needs twice as many real examples as are generated, %,d, but there are %,d; ask for no more than %d --samples"
            .formatted(2L * samples, size, size / 2);
    if (isAsked) {
      throw new RefusedException("--floor " + why);
    }
    listener.announced("skipping the real-data baseline, which " + why);
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
    try (Reference reference = references.open(name, comparison.keys(), Optional.empty());
        Reference given = given(target, reference);
        Evaluator evaluator =
            new Evaluator(
                settings,
                reference,
                false,
                comparison.saved(),
                new Recorder(Optional.empty(), false, found),
                context)) {
      return evaluator.evaluate(
          new Subject(Optional.empty(), target.toString(), "", Optional.empty(), seed),
          new GivenExamples(given.examples().orElseThrow(), context.readers()));
    }
  }

  private Reference given(Path target, Reference reference) throws IOException {
    if (!Files.exists(target)
        || !(Files.isDirectory(target) || target.toString().endsWith(".npz"))) {
      throw new IOException(
          "%s is neither a run, nor a folder of pictures, nor an .npz file".formatted(target));
    }
    Reference given;
    try {
      Optional<DataShape> like = reference.examples().map(Examples::shape);
      given = references.open(target.toAbsolutePath().toString(), List.of(), like);
    } catch (IOException e) {
      throw new IOException(
          "%s is not a run, as it has no experiment.conf, and holds no other examples: %s"
              .formatted(target, e.getMessage()),
          e);
    }
    if (given.examples().isEmpty()) {
      throw new IOException(
          "%s holds statistics, not examples; name it with --reference".formatted(target));
    }
    return given;
  }
}
