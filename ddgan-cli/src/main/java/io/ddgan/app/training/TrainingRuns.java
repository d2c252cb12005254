package io.ddgan.app.training;

import io.ddgan.api.Examples;
import io.ddgan.api.GradientExchange;
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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.commons.io.function.IOSupplier;

/** Trains runs in this process, in folders that say all about them. */
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
   * Finds out how a run is resumed.
   *
   * @param asked the experiment that it has to be of, if one was named
   * @param free keys in which that may differ
   * @param iterations steps that the run is to have in all, if not as many as before
   * @throws RefusedException if it is of another experiment, or has done as many steps already
   */
  public Resumption resumption(
      RunFolder folder, Optional<Experiment> asked, Set<String> free, Optional<Long> iterations)
      throws IOException {
    folder.requireRun();
    Experiment saved = experiments.resumed(folder);
    asked.ifPresent(experiment -> requireSame(folder, saved, experiment, free));
    long before = saved.training().steps();
    long now = iterations.orElse(before);
    long done = RunCheckpoints.done(folder);
    if (now == before) {
      return new Resumption(saved, before, done);
    }
    if (now <= done) {
      throw new RefusedException(
          "the run %s has done %,d steps; it can be given more than that, not %,d"
              .formatted(folder.root(), done, now));
    }
    String length = "%s=%d".formatted(TrainingSettings.STEPS, now);
    return new Resumption(
        experiments.read(folder.experiment().toString(), List.of(length)), before, done);
  }

  /** A run is a function of its configuration, so it cannot be resumed with another one. */
  private void requireSame(RunFolder folder, Experiment saved, Experiment asked, Set<String> free) {
    List<String> differences =
        experiments.differences(saved, asked).stream()
            .filter(each -> !free.contains(each.key()))
            .map(each -> "%s is %s there, not %s".formatted(each.key(), each.before(), each.now()))
            .toList();
    if (!differences.isEmpty()) {
      throw new RefusedException(
          "the run %s was trained with another experiment (%s); train this one in another folder"
              .formatted(folder.root(), String.join(", ", differences)));
    }
  }

  /**
   * Trains until the end, or until asked to stop.
   *
   * @param backend what computes, loaded before it could bind this thread to one core
   * @param readers read the data; closed after the training
   * @param peers waits for the processes that train the run together; this one has rank 0
   * @param stop asked after every step; true ends the training after a checkpoint
   * @return the number of steps that the run has done in all
   * @throws IOException if the run's folder is not as the start needs it, or anything cannot be
   *     read or written
   */
  public long train(
      PreparedTraining prepared,
      Backend backend,
      Readers readers,
      IOSupplier<GradientExchange> peers,
      TrainingListener listener,
      BooleanSupplier stop)
      throws IOException, InterruptedException {
    Setup setup = prepared.setup();
    Examples data = prepared.data();
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
      List<TrainingListener> all = List.of(noting, listener, new ProgressFile(folder.progress()));
      PeriodicEvaluation evaluation =
          new TrainingEvaluations(folder, setup.experiment(), components)
              .whileTraining(readers, places.cache(), backend.machine());
      try (GradientExchange exchange = peers.get()) {
        return new Trainer(setup, folder, readers, evaluation, all, text, exchange)
            .train(data, stop);
      } catch (RuntimeException | IOException | Error e) {
        log.failed(e);
        throw e;
      }
    }
  }

  /**
   * Trains a run that the process of rank 0 keeps, in the same way.
   *
   * @param stop asked before every step; true lets rank 0 save and end
   */
  public long follow(
      Setup setup,
      Examples data,
      RunFolder folder,
      Readers readers,
      IOSupplier<GradientExchange> peers,
      BooleanSupplier stop)
      throws IOException, InterruptedException {
    String text = renderer.render(setup.experiment());
    try (GradientExchange exchange = peers.get()) {
      return new WorkerTrainer(setup, folder, readers, text, exchange).train(data, stop);
    }
  }
}
