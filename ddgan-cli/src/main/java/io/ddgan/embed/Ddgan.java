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
 * Entry point for Java programs: trains experiments, samples and evaluates runs, and plans and runs
 * sweeps, in the same folders as the commands. Errors are thrown as {@code ConfigurationException},
 * {@code RefusedException} or {@code IOException} with a message for users.
 *
 * <pre>{@code
 * try (Ddgan ddgan = Ddgan.open();
 *     Model model = ddgan.load(Path.of("runs/fashion-mnist"))) {
 *   float[] images = model.sample(64, 0); // [64, 1, 32, 32] in [-1, 1]
 * }
 * }</pre>
 *
 * <p>Instances are thread-safe. Concurrent trainings share the cores. Long work, including that of
 * plug-in components, runs on a separate thread while the caller waits. Interrupting the caller
 * stops a training or a sweep, but nothing else.
 */
public final class Ddgan implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Ddgan.class.getName());

  /** System property that JavaCPP reads when its first class is loaded. */
  private static final String MEMORY = "org.bytedeco.javacpp.maxphysicalbytes";

  private final Plugins plugins;
  private final AppFolders places;
  private final Library library;

  /** The injected services. */
  private record Library(
      Experiments experiments, TrainingRuns training, Planner planner, Evaluations evaluations) {

    @Inject
    private Library {}
  }

  private Ddgan(AppFolders places) {
    if (System.getProperty(MEMORY) == null) {
      // JavaCPP's default depends on the Java heap, which may be small.
      System.setProperty(MEMORY, Long.toString(NativeMemory.ofMachine()));
    }
    this.places = places;
    try {
      this.plugins = Plugins.load(places.plugins());
    } catch (PluginException e) {
      throw new RefusedException(e.getMessage(), e);
    }
    plugins.rejected().forEach(plugin -> LOG.log(Level.WARNING, plugin.message()));
    try {
      this.library =
          Guice.createInjector(plugins, binder -> binder.bind(AppFolders.class).toInstance(places))
              .getInstance(Library.class);
    } catch (RuntimeException | Error e) {
      plugins.close();
      throw e;
    }
  }

  /** Opens the framework with the plug-ins on the class path. */
  public static Ddgan open() {
    return new Ddgan(new AppFolders(Optional.empty(), Optional.empty()));
  }

  /**
   * Opens the framework with the plug-ins of a folder in addition to those on the class path.
   *
   * @param plugins folder of jars, or of folders of jars; unusable plug-ins are logged and skipped
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
   * Trains a new run, or resumes an interrupted one from its latest checkpoint. If this thread is
   * interrupted, the training finishes its step, saves a checkpoint and ends.
   *
   * @param experiment the experiment; for a resumed run its own, where only {@code training.steps}
   *     may be larger
   * @param run the folder of the run
   * @param listener is notified of steps, rows, pictures, checkpoints and evaluations on the
   *     training thread
   * @return the total number of steps done
   * @throws IOException if the folder has other content, or a file cannot be read or written
   * @throws RefusedException if the folder has a run of another experiment
   * @throws InterruptedException if this thread was interrupted; the run is saved
   */
  public long train(Experiment experiment, Path run, TrainingListener listener)
      throws IOException, InterruptedException {
    return train(experiment, run, listener, () -> false);
  }

  /**
   * Trains a run until its end or until stopped.
   *
   * @param stop polled after every step; true ends the training after a checkpoint
   */
  public long train(
      Experiment experiment, Path run, TrainingListener listener, BooleanSupplier stop)
      throws IOException, InterruptedException {
    ComputeThread work = new ComputeThread();
    BooleanSupplier isOver = () -> stop.getAsBoolean() || work.isInterrupted();
    long done =
        work.interruptibly(() -> trainHere(experiment, new RunFolder(run), listener, isOver));
    if (Thread.interrupted()) {
      throw new InterruptedException("the training of %s was interrupted".formatted(run));
    }
    return done;
  }

  private long trainHere(
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
        library.training.resumption(
            folder, Optional.of(experiment), free, Optional.of(now), List.of());
    resumption.text().ifPresent(text -> LOG.log(Level.INFO, text));
    return resumption;
  }

  /**
   * Loads the averaged generator of a run's latest checkpoint. The data are not needed.
   *
   * @param run the run's folder, or the name of a bundled model, which is looked for in the folder
   *     of the system property {@code ddgan.models}
   */
  public Model load(Path run) throws IOException {
    RunFolder folder = new RunFolder(Models.ofDistribution().resolve(run));
    return ComputeThread.call(
        () -> LoadedModel.load(library.experiments, folder, Optional.empty()));
  }

  /**
   * Evaluates the averaged generator of a run's latest checkpoint, and stores the results in the
   * run's folder unless it is a bundled model.
   *
   * @param run the run's folder, or the name of a bundled model
   * @param overrides {@code key=value} of {@code evaluation}, {@code sampler} and {@code data},
   *     such as {@code evaluation.metrics=[{type = fid, samples = 5000}]}
   * @return the metrics by name
   */
  public Map<String, Double> evaluate(Path run, String... overrides) throws IOException {
    RunFolder folder = new RunFolder(Models.ofDistribution().resolve(run));
    return ComputeThread.call(
        () -> {
          Map<String, Double> values = new LinkedHashMap<>();
          ProgressListener silent = (what, done, all) -> {};
          try (Readers readers = Readers.start()) {
            boolean unused = // true, as it is never stopped
                library.evaluations.measure(
                    library.experiments.open(folder, List.of(overrides), Evaluations.CHANGEABLE),
                    Request.latest(),
                    library.evaluations.context(places.cache(), readers, silent, () -> false),
                    record -> values.put(record.measure().name(), record.value()));
          }
          return values;
        });
  }

  /**
   * Checks all trials of a sweep without running them.
   *
   * @param file the sweep file, or the name of a built-in sweep
   * @param folder the folder of the sweep, which may be missing
   * @return the trials with their states in the folder; pending if not started
   * @throws RefusedException if the folder has another sweep's runs
   * @throws IOException if the folder has other content, or data cannot be read
   */
  public List<TrialResult> plan(Path file, Path folder) throws IOException, InterruptedException {
    SweepFolder sweep = new SweepFolder(folder);
    Plan plan = checked(file, sweep);
    return results(sweep, SweepResults.read(sweep, plan.trials(), library.experiments));
  }

  /** Runs a sweep to its end; see {@link #sweep(Path, Path, int, BooleanSupplier)}. */
  public List<TrialResult> sweep(Path file, Path folder, int workers)
      throws IOException, InterruptedException {
    return sweep(file, folder, workers, () -> false);
  }

  /**
   * Runs a new sweep, or resumes an interrupted one. Trials run in separate processes with the
   * class path of this program.
   *
   * @param file the sweep file, or the name of a built-in sweep
   * @param folder the folder for its runs and results
   * @param workers trials at a time, at least 1; they share the cores, or {@code OMP_NUM_THREADS}
   *     threads if set
   * @param stop polled; true makes the trials save and ends the sweep
   * @return all trials, including failed and pending ones
   * @throws RefusedException if {@code workers} is less than 1, or the folder has another sweep's
   *     runs
   */
  public List<TrialResult> sweep(Path file, Path folder, int workers, BooleanSupplier stop)
      throws IOException, InterruptedException {
    if (workers < 1) {
      throw new RefusedException("workers must be at least 1; got " + workers);
    }
    SweepFolder sweep = new SweepFolder(folder);
    Plan plan = checked(file, sweep);
    Workers shared = Workers.of(plan.launcher(), Optional.of(workers), Optional.empty(), List.of());
    LockFile lock = sweep.open(plan.file(), sweep.isSweep());
    try (lock) {
      SweepResults results =
          new Sweep(
                  sweep,
                  plan.launcher(),
                  shared,
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
      throw new InterruptedException("interrupted while checking the trials");
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

  /** Closes the plug-ins. Loaded models stay usable until they are closed. */
  @Override
  public void close() {
    plugins.close();
  }
}
