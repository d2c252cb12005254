package io.ddgan.app.evaluation;

import io.ddgan.api.OpenDataset;
import io.ddgan.api.ProgressListener;
import io.ddgan.api.RefusedException;
import io.ddgan.app.environment.Backend;
import io.ddgan.app.experiment.TrainedRun;
import io.ddgan.app.models.Models;
import io.ddgan.app.sampling.ParallelSampling;
import io.ddgan.eval.ComponentText;
import io.ddgan.eval.Evaluator;
import io.ddgan.eval.Evaluator.Recorder;
import io.ddgan.eval.ReferenceData;
import io.ddgan.eval.References;
import io.ddgan.eval.records.EvaluationFiles;
import io.ddgan.eval.records.EvaluationRecord;
import io.ddgan.eval.records.EvaluationRecord.Subject;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.checkpoint.Checkpoint;
import io.ddgan.train.checkpoint.RunCheckpoints;
import io.ddgan.train.data.Fingerprinted;
import io.ddgan.train.data.Readers;
import io.ddgan.train.experiment.EvaluationSettings;
import io.ddgan.train.experiment.Experiment;
import io.ddgan.train.experiment.MinimumMemory;
import io.ddgan.train.sampling.GeneratedExamples;
import io.ddgan.train.sampling.TrainedGenerator;
import io.ddgan.train.step.CheckpointNetwork;
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

/** Computes metrics of checkpoints of runs, and of existing examples. */
public final class Evaluations {

  /** The keys of a run's experiment that an evaluation may override, with those below them. */
  public static final Set<String> CHANGEABLE = Set.of("sampler", "evaluation", "data");

  private final ComponentText text;
  private final References references;

  @Inject
  public Evaluations(ComponentText text, References references) {
    this.text = text;
    this.references = references;
  }

  /**
   * The options of an evaluation.
   *
   * @param steps chooses the steps among a run's checkpoints
   * @param seed seed of the samples and of the metrics; if empty the run's, or 0
   * @param batch batch size for sampling; as in training if empty
   * @param realBaseline true to compute the metrics of real examples, too; if empty, if the run's
   *     data have enough examples
   * @param skipExisting true to skip metrics already stored in the run's folder
   * @param parts generates the samples; this process if empty
   * @param reference the given reference data; if empty the run's data, or none
   * @param dataKeys keys of a given data set, as {@code data.key=value}
   * @param saved file for the statistics of the reference data, if any
   */
  public record Request(
      IOFunction<RunCheckpoints, List<Long>> steps,
      CheckpointNetwork weights,
      Optional<Long> seed,
      Optional<Integer> batch,
      Optional<Boolean> realBaseline,
      boolean skipExisting,
      Optional<ParallelSampling> parts,
      Optional<String> reference,
      List<String> dataKeys,
      Optional<Path> saved) {

    /** Evaluates the averaged weights of the latest checkpoint. */
    public static Request latest() {
      return new Request(
          checkpoints -> List.of(checkpoints.latest()),
          CheckpointNetwork.EMA,
          Optional.empty(),
          Optional.empty(),
          Optional.of(false),
          false,
          Optional.empty(),
          Optional.empty(),
          List.of(),
          Optional.empty());
    }
  }

  /**
   * Loads the native library.
   *
   * @param readers started before, as the library may bind this thread to one core
   */
  public Evaluator.Context context(
      Path cache, Readers readers, ProgressListener listener, BooleanSupplier stop) {
    return new Evaluator.Context(
        cache, readers, text::metric, Backend.load().machine(), listener, stop);
  }

  /**
   * Computes metrics of checkpoints of a run and stores them in the run's folder. Those of a
   * bundled model or a read-only run are not stored, which is reported.
   *
   * @param run the run, whose experiment has the metrics
   * @param found receives the results
   * @return true if all was computed, false if stopped before
   */
  public boolean measure(
      TrainedRun run, Request request, Evaluator.Context context, Consumer<EvaluationRecord> found)
      throws IOException {
    Recorder recorder = new Recorder(files(run, context.listener()), request.skipExisting(), found);
    Experiment experiment = run.experiment();
    EvaluationSettings settings = experiment.evaluation();
    int samples = settings.metrics().stream().mapToInt(settings::samples).max().orElse(0);
    long seed = request.seed().orElse(experiment.seed());
    try (ReferenceData reference = reference(experiment, request)) {
      RunCheckpoints checkpoints = run.checkpoints();
      List<Long> steps = request.steps().apply(checkpoints);
      boolean withFloor =
          request.realBaseline().orElse(request.reference().isEmpty())
              && canHaveFloor(reference, samples, request, context.listener());
      try (Evaluator evaluator =
          new Evaluator(settings, reference, withFloor, request.saved(), recorder, context)) {
        for (long step : steps) {
          Checkpoint checkpoint = request.weights().withAverage(checkpoints, step);
          try (TrainedGenerator generator =
              run.load(checkpoint, request.weights(), request.batch())) {
            GeneratedExamples drawn =
                generator.drawn(
                    new RandomStreams(seed),
                    request.parts().map(all -> () -> made(all, generator, seed, samples, context)));
            Subject subject =
                new Subject(
                    Optional.of(step),
                    request.weights().title(),
                    text.line(experiment.sampler()),
                    Optional.of(drawn.batch()),
                    seed);
            if (!evaluator.evaluate(subject, drawn)) {
              return false;
            }
          }
        }
        return !withFloor || measureFloor(evaluator, seed, request, context.listener());
      }
    }
  }

  private static boolean measureFloor(
      Evaluator evaluator, long seed, Request request, ProgressListener listener)
      throws IOException {
    try {
      return evaluator.evaluateRealBaseline(seed);
    } catch (RefusedException e) { // such as too few real examples of a class
      if (request.realBaseline().isPresent()) {
        throw e;
      }
      listener.onMessage("skipping the real-data baseline: " + e.getMessage());
      return true;
    }
  }

  private ReferenceData reference(Experiment experiment, Request request) throws IOException {
    if (request.reference().isPresent()) {
      return references.open(
          request.reference().get(), request.dataKeys(), experiment.data().shape());
    }
    return experiment.evaluation().looksAtGeneratorOnly()
        ? ReferenceData.none()
        : ReferenceData.of(text.type(experiment.data()), Fingerprinted.of(experiment.data()));
  }

  private static Optional<EvaluationFiles> files(TrainedRun run, ProgressListener listener)
      throws IOException {
    Path folder = run.folder().root();
    if (Models.ofDistribution().name(folder).isPresent()) {
      listener.onMessage("bundled models are never changed: the results are printed, not stored");
      return Optional.empty();
    }
    EvaluationFiles files = new EvaluationFiles(folder);
    List<EvaluationRecord> unused = files.read(); // throws before the work if the files are damaged
    if (!files.canAdd()) {
      listener.onMessage("the run is not writable: the results are printed, not stored");
    }
    return Optional.of(files);
  }

  private static float[] made(
      ParallelSampling parts,
      TrainedGenerator generator,
      long seed,
      int samples,
      Evaluator.Context context)
      throws IOException {
    long most = MinimumMemory.mostGenerated(generator.shape(), Runtime.getRuntime().maxMemory());
    if (samples > most) {
      throw new RefusedException(
          "only %,d samples fit in memory at once; use fewer --samples, or omit --parts"
              .formatted(most));
    }
    return parts
        .make(generator, seed, Optional.empty(), samples, context.listener(), context.stop())
        .orElseThrow(() -> new CancellationException("the samples were not generated"));
  }

  private static boolean canHaveFloor(
      ReferenceData reference, int samples, Request request, ProgressListener listener) {
    int size = reference.examples().map(OpenDataset::size).orElse(0);
    if (size > 0 && 2L * samples <= size) {
      return true;
    }
    String why =
        "needs twice as many real examples as samples, %,d, but there are %,d; use at most %d --samples"
            .formatted(2L * samples, size, size / 2);
    if (request.realBaseline().isPresent()) {
      throw new RefusedException("--real-baseline " + why);
    }
    if (size > 0) {
      listener.onMessage("skipping the real-data baseline: it " + why);
    }
    return false;
  }

  /**
   * Computes metrics of existing examples.
   *
   * @param target a folder of pictures, or an array
   * @param request only seed, reference and its statistics are used
   * @param found receives the results
   * @return true if all was computed, false if stopped before
   */
  public boolean measure(
      Path target,
      EvaluationSettings settings,
      Request request,
      Evaluator.Context context,
      Consumer<EvaluationRecord> found)
      throws IOException {
    String name = request.reference().orElse(References.NONE);
    Recorder recorder = new Recorder(Optional.empty(), false, found);
    long seed = request.seed().orElse(0L);
    try (ReferenceData reference = references.open(name, request.dataKeys(), Optional.empty());
        ReferenceData given = given(target, reference);
        Evaluator evaluator =
            new Evaluator(settings, reference, false, request.saved(), recorder, context)) {
      return evaluator.evaluate(
          new Subject(Optional.empty(), target.toString(), "", Optional.empty(), seed),
          given.given(context.readers()));
    }
  }

  private ReferenceData given(Path target, ReferenceData reference) throws IOException {
    if (!Files.isDirectory(target)
        && !(Files.exists(target) && target.toString().endsWith(".npz"))) {
      throw new IOException(
          "%s is not a run, a folder of pictures or an .npz file".formatted(target));
    }
    ReferenceData given =
        references.open(
            target.toAbsolutePath().toString(),
            List.of(),
            reference.examples().map(OpenDataset::shape));
    if (given.examples().isEmpty()) {
      throw new IOException(
          "%s contains statistics, not examples; give it with --reference".formatted(target));
    }
    return given;
  }
}
