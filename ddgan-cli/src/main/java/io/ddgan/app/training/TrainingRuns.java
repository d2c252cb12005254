package io.ddgan.app.training;

import io.ddgan.api.OpenDataset;
import io.ddgan.api.ProcessGroup;
import io.ddgan.api.RefusedException;
import io.ddgan.api.TrainingListener;
import io.ddgan.app.environment.AppFolders;
import io.ddgan.app.environment.Backend;
import io.ddgan.app.environment.EnvironmentInfo;
import io.ddgan.app.experiment.Experiments;
import io.ddgan.eval.ComponentText;
import io.ddgan.eval.TrainingEvaluations;
import io.ddgan.internal.config.HoconRenderer;
import io.ddgan.internal.file.LockFile;
import io.ddgan.train.PeriodicEvaluation;
import io.ddgan.train.Trainer;
import io.ddgan.train.WorkerTrainer;
import io.ddgan.train.checkpoint.RunCheckpoints;
import io.ddgan.train.data.Readers;
import io.ddgan.train.experiment.Experiment;
import io.ddgan.train.experiment.Setup;
import io.ddgan.train.experiment.TrainingSettings;
import io.ddgan.train.run.Environment;
import io.ddgan.train.run.Provenance;
import io.ddgan.train.run.RunClasses;
import io.ddgan.train.run.RunFolder;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.commons.io.function.IOSupplier;

/** Trains runs in this process, and writes their folders. */
public final class TrainingRuns {

  private final AppFolders places;
  private final Experiments experiments;
  private final ComponentText components;
  private final HoconRenderer renderer;
  private final EnvironmentInfo environment;

  @Inject
  TrainingRuns(
      AppFolders places,
      Experiments experiments,
      ComponentText components,
      HoconRenderer renderer,
      EnvironmentInfo environment) {
    this.places = places;
    this.experiments = experiments;
    this.components = components;
    this.renderer = renderer;
    this.environment = environment;
  }

  /**
   * Returns the resumption of a run.
   *
   * @param expected the experiment the run must have, if given
   * @param free keys in which it may differ
   * @param steps the new total number of steps; unchanged if empty
   * @param places overrides that say where its data are now
   * @throws RefusedException if the experiment differs, or as many steps are done already
   */
  public Resumption resumption(
      RunFolder folder,
      Optional<Experiment> expected,
      Set<String> free,
      Optional<Long> steps,
      List<String> places)
      throws IOException {
    folder.requireRun();
    Experiment saved = experiments.trained(folder);
    expected.ifPresent(experiment -> requireSame(folder, saved, experiment, free));
    long before = saved.training().steps();
    long now = steps.orElse(before);
    long done = RunCheckpoints.done(folder);
    if (now == before && places.isEmpty()) {
      return new Resumption(saved, before, done);
    }
    if (now != before && now <= done) {
      throw new RefusedException(
          "the run %s has done %,d steps already; --steps must be greater; got %,d"
              .formatted(folder.root(), done, now));
    }
    List<String> keys = new ArrayList<>(places);
    keys.add("%s=%d".formatted(TrainingSettings.STEPS, now));
    return new Resumption(experiments.read(folder.experiment().toString(), keys), before, done);
  }

  /** Checks that the configuration is unchanged, as a run is a function of it. */
  private void requireSame(
      RunFolder folder, Experiment saved, Experiment expected, Set<String> free) {
    List<String> differences =
        experiments.differences(saved, expected).stream()
            .filter(each -> !free.contains(each.key()))
            .map(each -> "%s was %s, now %s".formatted(each.key(), each.before(), each.now()))
            .toList();
    if (!differences.isEmpty()) {
      throw new RefusedException(
          "the run %s has another experiment (%s); choose another folder with --run"
              .formatted(folder.root(), String.join(", ", differences)));
    }
  }

  /**
   * Trains to the end, or until stopped.
   *
   * @param backend the native library
   * @param readers threads that read the data; closed after the training
   * @param peers waits for the other processes of the run; this one has rank 0
   * @param stop polled after every step; true ends the training after a checkpoint
   * @return the total number of steps done
   * @throws IOException if the run's folder is unsuitable, or a file cannot be read or written
   */
  public long train(
      PreparedTraining prepared,
      Backend backend,
      Readers readers,
      IOSupplier<ProcessGroup> peers,
      TrainingListener listener,
      BooleanSupplier stop)
      throws IOException, InterruptedException {
    Setup setup = prepared.setup();
    OpenDataset data = prepared.data();
    RunFolder folder = prepared.folder();
    String text = renderer.render(setup.experiment());
    Environment here =
        environment
            .of(backend)
            .with("executor", setup.engine().name())
            .with(Provenance.DATA, data.fingerprint());
    Provenance origin =
        Provenance.of(text, setup.experiment().seed())
            .with(Provenance.EVALUATIONS, setup.samplerSteps().size())
            .withClasses(RunClasses.of(data).names());
    TrainingListener noting = // what fails before has changed nothing of the run
        new TrainingListener() {

          @Override
          public void onTrainStart(long first, long total) {
            try {
              if (prepared.resumption().isPresent()) {
                prepared.resumption().get().note(folder, text, origin, here);
              }
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        };
    LockFile lock = prepared.enter(text, origin, here);
    try (lock;
        RunLog log = RunLog.open(folder.log())) {
      prepared.start().ifPresent(log::started);
      List<TrainingListener> all = List.of(noting, listener, new ProgressFile(folder.progress()));
      PeriodicEvaluation evaluation =
          new TrainingEvaluations(folder, setup.experiment(), components)
              .whileTraining(readers, places.cache(), backend.machine());
      try (ProcessGroup exchange = peers.get()) {
        return new Trainer(setup, folder, readers, evaluation, all, text, exchange)
            .train(data, stop);
      } catch (RuntimeException | IOException | Error e) {
        log.failed(e);
        throw e;
      }
    }
  }

  /**
   * Trains in the same way as a rank other than 0, which writes no files.
   *
   * @param stop polled before every step; true makes rank 0 save and end
   */
  public long follow(
      Setup setup,
      OpenDataset data,
      RunFolder folder,
      Readers readers,
      IOSupplier<ProcessGroup> peers,
      BooleanSupplier stop)
      throws IOException, InterruptedException {
    String text = renderer.render(setup.experiment());
    try (ProcessGroup exchange = peers.get()) {
      return new WorkerTrainer(setup, folder, readers, text, exchange).train(data, stop);
    }
  }
}
