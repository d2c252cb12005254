package io.ddgan.embed;

import com.google.inject.Guice;
import io.ddgan.api.Model;
import io.ddgan.api.ProcessGroup;
import io.ddgan.api.ProgressListener;
import io.ddgan.api.RefusedException;
import io.ddgan.api.TrainingListener;
import io.ddgan.app.environment.AppFolders;
import io.ddgan.app.environment.Backend;
import io.ddgan.app.evaluation.Evaluations;
import io.ddgan.app.evaluation.Evaluations.Request;
import io.ddgan.app.experiment.Experiments;
import io.ddgan.app.models.Models;
import io.ddgan.app.process.ComputeThread;
import io.ddgan.app.process.Workers;
import io.ddgan.app.sampling.LoadedModel;
import io.ddgan.app.sweep.Planner;
import io.ddgan.app.sweep.Planner.Plan;
import io.ddgan.app.sweep.Sweep;
import io.ddgan.app.sweep.Sweep.Policy;
import io.ddgan.app.sweep.SweepFolder;
import io.ddgan.app.sweep.SweepListener;
import io.ddgan.app.sweep.SweepResults;
import io.ddgan.app.sweep.TrialCheck;
import io.ddgan.app.training.PreparedTraining;
import io.ddgan.app.training.Resumption;
import io.ddgan.app.training.TrainingRuns;
import io.ddgan.internal.file.LockFile;
import io.ddgan.internal.graph.NativeMemory;
import io.ddgan.internal.plugin.Plugins;
import io.ddgan.plugin.PluginException;
import io.ddgan.train.data.Readers;
import io.ddgan.train.experiment.Experiment;
import io.ddgan.train.experiment.Setup;
import io.ddgan.train.experiment.TrainingSettings;
import io.ddgan.train.run.RunFolder;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * The framework in a Java program: trains experiments, samples from what was trained, evaluates it,
 * plans and runs sweeps, with the folders that the commands have. What cannot be done is said by a
 * {@code ConfigurationException}, {@code RefusedException} or {@code IOException}, in a sentence.
 *
 * <pre>{@code
 * try (Ddgan ddgan = Ddgan.open();
 *     Model model = ddgan.load(Path.of("runs/fashion-mnist"))) {
 *   float[] images = model.sample(64, 0); // [64, 1, 32, 32] in [-1, 1]
 * }
 * }</pre>
 *
 * <p>Threads may share it; trainings of one process at the same time share the cores. What takes
 * long is done by a thread of its own, which components of plug-ins run in, too. The caller waits
 * for it, and an interrupt of the caller ends nothing but a training or a sweep.
 */
public final class Ddgan implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Ddgan.class.getName());

  /** Read by JavaCPP when its first class is loaded. */
  private static final String MEMORY = "org.bytedeco.javacpp.maxphysicalbytes";

  private final Plugins plugins;
  private final AppFolders places;
  private final Library library;

  /** What does the work. */
  private record Library(
      Experiments experiments, TrainingRuns training, Planner planner, Evaluations evaluations) {

    @Inject
    private Library {}
  }

  private Ddgan(AppFolders places) {
    if (System.getProperty(MEMORY) == null) {
      // JavaCPP would allow as little as a small heap, though networks lie outside of it.
      System.setProperty(MEMORY, Long.toString(NativeMemory.ofMachine()));
    }
    this.places = places;
    try {
      this.plugins = Plugins.load(places.plugins());
    } catch (PluginException e) {
      throw new RefusedException(e.getMessage(), e);
    }
    plugins.rejected().forEach(plugin -> LOG.log(Level.WARNING, plugin.message()));
    this.library =
        Guice.createInjector(plugins, binder -> binder.bind(AppFolders.class).toInstance(places))
            .getInstance(Library.class);
  }

  /** With the framework's own components, and those of plug-ins on the class path. */
  public static Ddgan open() {
    return new Ddgan(new AppFolders(Optional.empty(), Optional.empty()));
  }

  /**
   * With the plug-ins of a folder, too.
   *
   * @param plugins folder of jars, or of folders of jars; what cannot be used is logged and left
   *     out
   * @throws RefusedException if the folder cannot be read
   */
  public static Ddgan open(Path plugins) {
    return new Ddgan(new AppFolders(Optional.of(plugins), Optional.empty()));
  }

  /**
   * Reads an experiment.
   *
   * @param presetOrFile name of a preset, such as {@code fashion-mnist}, or a file
   * @param overrides {@code key=value}, such as {@code schedule.steps=2}
   */
  public Experiment experiment(String presetOrFile, String... overrides) {
    return library.experiments.read(presetOrFile, List.of(overrides));
  }

  /**
   * Trains a run to its end: a new one, or one that was interrupted, from its latest checkpoint.
   * Where this thread is interrupted, the training ends after its step and a checkpoint.
   *
   * @param experiment of a run that goes on, the one that it began with; a larger {@code
   *     training.steps} gives it more steps
   * @param run its folder
   * @param listener notified of steps, rows, pictures, checkpoints and evaluations, in the thread
   *     that trains
   * @return the number of steps that the run has done in all
   * @throws IOException if there is anything else in the folder, or anything cannot be read or
   *     written
   * @throws RefusedException if the folder is a run of another experiment
   * @throws InterruptedException if this thread was interrupted; the run is saved
   */
  public long train(Experiment experiment, Path run, TrainingListener listener)
      throws IOException, InterruptedException {
    return train(experiment, run, listener, () -> false);
  }

  /**
   * The same, with a way to stop it.
   *
   * @param stop asked after every step; true ends the training after a checkpoint
   */
  public long train(
      Experiment experiment, Path run, TrainingListener listener, BooleanSupplier stop)
      throws IOException, InterruptedException {
    ComputeThread work = new ComputeThread();
    BooleanSupplier isOver = () -> stop.getAsBoolean() || work.isInterrupted();
    long done =
        work.interruptibly(() -> trainApart(experiment, new RunFolder(run), listener, isOver));
    if (Thread.interrupted()) {
      throw new InterruptedException("the training of %s was interrupted".formatted(run));
    }
    return done;
  }

  private long trainApart(
      Experiment experiment, RunFolder folder, TrainingListener listener, BooleanSupplier stop)
      throws IOException, InterruptedException {
    Optional<Resumption> resumption =
        folder.isRun() ? Optional.of(resumption(folder, experiment)) : Optional.empty();
    Setup setup = library.experiments.setup(experiment);
    try (Readers readers = Readers.start()) {
      Backend backend = Backend.load();
      try (PreparedTraining training = PreparedTraining.of(setup, folder, resumption)) {
        return library.training.train(
            training, backend, readers, () -> ProcessGroup.ALONE, listener, stop);
      }
    }
  }

  private Resumption resumption(RunFolder folder, Experiment experiment) throws IOException {
    long before = library.experiments.of(folder).training().steps();
    long now = experiment.training().steps();
    Set<String> free = now > before ? Set.of(TrainingSettings.STEPS) : Set.of();
    Resumption resumption =
        library.training.resumption(folder, Optional.of(experiment), free, Optional.of(now));
    resumption.text().ifPresent(text -> LOG.log(Level.INFO, text));
    return resumption;
  }

  /**
   * Loads the averaged generator of a run's latest checkpoint. The data are not needed.
   *
   * @param run the run's folder, or the name of one of the distribution's models
   */
  public Model load(Path run) throws IOException {
    RunFolder folder = new RunFolder(Models.ofDistribution().resolve(run));
    return ComputeThread.call(
        () -> LoadedModel.load(library.experiments, folder, Optional.empty()));
  }

  /**
   * Measures what a run's latest averaged generator makes; the run's folder keeps it, unless it is
   * a model of the distribution.
   *
   * @param run the run's folder, or the name of one of the distribution's models
   * @param overrides {@code key=value} of {@code evaluation}, {@code sampler} and {@code data},
   *     such as {@code evaluation.metrics=[{type = fid, samples = 5000}]}
   * @return number by name of the measure
   */
  public Map<String, Double> evaluate(Path run, String... overrides) throws IOException {
    RunFolder folder = new RunFolder(Models.ofDistribution().resolve(run));
    return ComputeThread.call(
        () -> {
          Map<String, Double> values = new LinkedHashMap<>();
          ProgressListener nobody = (what, done, all) -> {};
          try (Readers readers = Readers.start()) {
            boolean unused = // as nothing stops it
                library.evaluations.measure(
                    library.experiments.open(folder, List.of(overrides), Evaluations.CHANGEABLE),
                    Request.latest(),
                    library.evaluations.context(places.cache(), readers, nobody, () -> false),
                    record -> values.put(record.measure().name(), record.value()));
          }
          return values;
        });
  }

  /**
   * Checks all trials of a sweep, without running any.
   *
   * @param file the sweep file, or the name of one that comes with the framework
   * @param folder where its runs and results would go, or are
   * @return the trials as they are in the folder: pending, where nothing is there yet
   * @throws RefusedException if the folder has another sweep's runs
   * @throws IOException if there is anything else in the folder, or data cannot be read
   */
  public List<TrialResult> plan(Path file, Path folder) throws IOException, InterruptedException {
    SweepFolder sweep = new SweepFolder(folder);
    Plan plan = checked(file, sweep);
    return results(sweep, SweepResults.read(sweep, plan.trials(), library.experiments));
  }

  /** Runs a sweep to its end, as the form with {@code stop} does. */
  public List<TrialResult> sweep(Path file, Path folder, int workers)
      throws IOException, InterruptedException {
    return sweep(file, folder, workers, () -> false);
  }

  /**
   * Runs a sweep to its end: a new one, or one that was interrupted. Trials train in processes of
   * their own, with this program's class path.
   *
   * @param file the sweep file, or the name of one that comes with the framework
   * @param folder where its runs and results go
   * @param workers trials at a time, at least 1; the cores, or as many as the environment's {@code
   *     OMP_NUM_THREADS} says, are shared among them
   * @param stop asked now and then; true lets the trials save and ends the sweep
   * @return the trials, those too that failed or are left
   * @throws RefusedException if there are no workers, or the folder has another sweep's runs
   */
  public List<TrialResult> sweep(Path file, Path folder, int workers, BooleanSupplier stop)
      throws IOException, InterruptedException {
    if (workers < 1) {
      throw new RefusedException("workers must be at least 1, not " + workers);
    }
    SweepFolder sweep = new SweepFolder(folder);
    Plan plan = checked(file, sweep);
    Workers hands = Workers.of(plan.launcher(), Optional.of(workers), Optional.empty(), List.of());
    LockFile lock = sweep.open(plan.file(), sweep.isSweep());
    try (lock) {
      SweepResults results =
          new Sweep(
                  sweep,
                  plan.launcher(),
                  hands,
                  places.words(),
                  library.experiments,
                  new SweepListener() {})
              .run(plan.trials(), Policy.DEFAULT, stop);
      return results(sweep, results);
    }
  }

  private Plan checked(Path file, SweepFolder sweep) throws IOException, InterruptedException {
    Plan plan = library.planner.plan(file.toString());
    sweep.requireRoom(sweep.isSweep());
    sweep.requireOwnTrials(plan.trials());
    Set<String> unused =
        ComputeThread.call(() -> TrialCheck.check(plan.trials(), library.experiments));
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted while the trials were checked");
    }
    return plan;
  }

  private static List<TrialResult> results(SweepFolder sweep, SweepResults results) {
    return results.rows().stream()
        .map(
            row ->
                new TrialResult(
                    row.trial().description(),
                    sweep.run(row.trial().name()).root(),
                    row.status().state().toString(),
                    row.values()))
        .toList();
  }

  /** Lets go of the plug-ins. Models that were loaded stay usable until they are closed. */
  @Override
  public void close() {
    plugins.close();
  }
}
