package io.ddgan.cli.training;

import io.ddgan.api.Examples;
import io.ddgan.api.TrainingListener;
import io.ddgan.cli.environment.Backend;
import io.ddgan.cli.environment.EnvironmentInfo;
import io.ddgan.config.HoconRenderer;
import io.ddgan.file.LockFile;
import io.ddgan.train.checkpoint.CheckpointStore;
import io.ddgan.train.data.Readers;
import io.ddgan.train.experiment.Setup;
import io.ddgan.train.run.Environment;
import io.ddgan.train.run.Provenance;
import io.ddgan.train.run.RunFolder;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.util.function.BooleanSupplier;

/** Trains runs in this process, in folders that say all about them. */
public final class TrainingRuns {

  private final Trainers trainers;
  private final HoconRenderer renderer;
  private final EnvironmentInfo environment;

  @Inject
  public TrainingRuns(Trainers trainers, HoconRenderer renderer, EnvironmentInfo environment) {
    this.trainers = trainers;
    this.renderer = renderer;
    this.environment = environment;
  }

  /**
   * Trains until the end, or until asked to stop.
   *
   * @param backend what computes, loaded before it could bind this thread to one core
   * @param data the opened data set of the experiment
   * @param isResumed whether the folder is a run that goes on, rather than a new one
   * @param readers read the data; closed after the training
   * @param stop asked after every step; true ends the training after a checkpoint
   * @return the number of steps that the run has done in all
   * @throws IOException if the folder is not as said, or anything cannot be read or written
   */
  public long train(
      Setup setup,
      Backend backend,
      Examples data,
      RunFolder folder,
      boolean isResumed,
      Readers readers,
      TrainingListener listener,
      BooleanSupplier stop)
      throws IOException, InterruptedException {
    String text = renderer.render(setup.experiment());
    Provenance origin =
        Provenance.of(text, setup.experiment().seed())
            .with(Provenance.EVALUATIONS, setup.path().size());
    Environment here =
        environment
            .of(backend)
            .with("executor", setup.engine().name())
            .with(Provenance.DATA, data.fingerprint());
    LockFile lock =
        isResumed
            ? folder.resume()
            : folder.create(text, () -> origin.trainedFrom(0, here).write(folder.provenance()));
    try (lock) {
      if (isResumed) {
        recordResumption(folder, origin, here, setup.experiment().training().iterations());
      }
      try (RunLog log = RunLog.open(folder.log())) {
        try {
          return trainers.of(setup, backend, folder, readers, listener).train(data, stop);
        } catch (RuntimeException | IOException | Error e) {
          log.failed(e);
          throw e;
        }
      }
    }
  }

  /** Notes where the coming steps are done, if there are any and it is somewhere else. */
  private static void recordResumption(
      RunFolder folder, Provenance origin, Environment here, long iterations) throws IOException {
    long done = new CheckpointStore(folder.checkpoints(), 1).latest().orElse(0);
    boolean isRecorded = Files.exists(folder.provenance());
    Provenance before = isRecorded ? Provenance.read(folder.provenance()) : origin;
    Provenance now = before.trainedFrom(done, here);
    if (done < iterations && !now.equals(before)) {
      now.write(folder.provenance());
    }
  }
}
