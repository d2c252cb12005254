package io.ddgan.app.training;

import io.ddgan.api.Examples;
import io.ddgan.api.GradientExchange;
import io.ddgan.api.TrainingListener;
import io.ddgan.app.environment.Backend;
import io.ddgan.app.environment.EnvironmentInfo;
import io.ddgan.app.training.Start.Training;
import io.ddgan.cli.options.CommonOptions;
import io.ddgan.eval.ComponentText;
import io.ddgan.eval.TrainingEvaluation;
import io.ddgan.internal.config.HoconRenderer;
import io.ddgan.internal.file.LockFile;
import io.ddgan.train.Follower;
import io.ddgan.train.Trainer;
import io.ddgan.train.data.Readers;
import io.ddgan.train.experiment.Setup;
import io.ddgan.train.run.Environment;
import io.ddgan.train.run.Provenance;
import io.ddgan.train.run.RunClasses;
import io.ddgan.train.run.RunFolder;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.commons.io.function.IOSupplier;

/** Trains runs in this process, in folders that say all about them. */
public final class TrainingRuns {

  private final CommonOptions options;
  private final ComponentText components;
  private final HoconRenderer renderer;
  private final EnvironmentInfo environment;

  @Inject
  public TrainingRuns(
      CommonOptions options,
      ComponentText components,
      HoconRenderer renderer,
      EnvironmentInfo environment) {
    this.options = options;
    this.components = components;
    this.renderer = renderer;
    this.environment = environment;
  }

  /**
   * Trains until the end, or until asked to stop.
   *
   * @param start how it begins, as it says itself
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
      Start start,
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
    Training training =
        new Training(
            setup.experiment(), text, setup.path().size(), RunClasses.of(data).names(), here);
    LockFile lock = start.enter(folder, training);
    try (lock) {
      try (RunLog log = RunLog.open(folder.log())) {
        try {
          List<TrainingListener> all =
              List.of(
                  noting(start, folder, training), listener, new ProgressFile(folder.progress()));
          try (GradientExchange exchange = peers.get()) {
            return new Trainer(
                    setup,
                    folder,
                    readers,
                    new TrainingEvaluation(
                        folder,
                        setup.experiment(),
                        components,
                        readers,
                        options.cache(),
                        backend.machine()),
                    all,
                    text,
                    exchange)
                .train(data, stop);
          }
        } catch (RuntimeException | IOException | Error e) {
          log.failed(e);
          throw e;
        }
      }
    }
  }

  /**
   * Trains a run that the process of rank 0 keeps, until the end, or until asked to stop.
   *
   * @param data the opened data set of the experiment
   * @param readers read the data; closed after the training
   * @param peers waits for the processes that train the run together; this one has another rank
   * @param stop asked before every step; true lets rank 0 save and end
   * @return the number of steps that the run has done in all
   * @throws IOException if the others are not there, or the data or a checkpoint cannot be read
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
      return new Follower(setup, folder, readers, text, exchange).train(data, stop);
    }
  }

  /** Hears when all is ready; what fails before has changed nothing of the run. */
  private static TrainingListener noting(Start start, RunFolder folder, Training training) {
    return new TrainingListener() {

      @Override
      public void begun(long first, long total) {
        try {
          start.note(folder, training);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }
}
