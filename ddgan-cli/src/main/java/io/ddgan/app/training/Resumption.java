package io.ddgan.app.training;

import io.ddgan.api.RefusedException;
import io.ddgan.app.training.Start.Training;
import io.ddgan.config.ConfigurationException;
import io.ddgan.config.Problem;
import io.ddgan.internal.file.AtomicFile;
import io.ddgan.internal.file.LockFile;
import io.ddgan.train.checkpoint.CheckpointStore;
import io.ddgan.train.checkpoint.RunCheckpoints;
import io.ddgan.train.experiment.Experiment;
import io.ddgan.train.experiment.TrainingSettings;
import io.ddgan.train.run.Provenance;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.run.RunProgress;
import io.ddgan.train.run.RunProgress.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Logger;

/**
 * A run goes on from its latest checkpoint.
 *
 * @param change of its length, if it has one
 */
public record Resumption(Optional<LengthChange> change) implements Start {

  private static final Logger LOG = Logger.getLogger(Resumption.class.getName());

  /** A run whose length stays as it is. */
  public Resumption() {
    this(Optional.empty());
  }

  /**
   * A run that may be given another length.
   *
   * @param before the experiment that it has been trained with
   * @param now the same with the number of steps that it is to have
   * @throws IOException if they cannot be read
   */
  public static Resumption of(RunFolder folder, Experiment before, Experiment now)
      throws IOException {
    return new Resumption(LengthChange.of(folder, before, now));
  }

  @Override
  public Optional<String> text() {
    return change.map(LengthChange::text);
  }

  @Override
  public LockFile enter(RunFolder folder, Training training) throws IOException {
    LockFile lock = folder.resume();
    try {
      requireLength(folder, training);
      Optional<RunProgress> last =
          RunProgress.read(folder.progress()).filter(progress -> progress.step() > 0);
      if (last.isPresent()) {
        requireCheckpoint(last.get(), folder, training);
        missMetrics(last.get(), folder, training);
      }
      requireWhole(before(folder, training), folder, training);
      return lock;
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static void requireLength(RunFolder folder, Training training) throws IOException {
    long done = RunCheckpoints.done(folder);
    long iterations = training.experiment().training().iterations();
    if (done > iterations) {
      new CheckpointStore(folder.checkpoints()).load(done); // throws if it only has the name of one
      throw new ConfigurationException(
          new Problem(
              folder.experiment().toString(),
              TrainingSettings.ITERATIONS,
              "is %,d, but the run has done %,d steps; set it to what it was"
                  .formatted(iterations, done)));
    }
  }

  private static void requireWhole(Provenance before, RunFolder folder, Training training)
      throws IOException {
    if (before.isOfModel()
        && RunCheckpoints.done(folder) < training.experiment().training().iterations()) {
      throw new RefusedException(
          "%s is a model, which has the averaged generator alone; to train on, begin a new run with its weights, with --init-from"
              .formatted(folder.root()));
    }
  }

  /** A run that has saved would begin from nothing, over what is left of it. */
  private static void requireCheckpoint(RunProgress last, RunFolder folder, Training training)
      throws IOException {
    boolean hasSaved =
        Set.of(RunState.DONE, RunState.STOPPED).contains(last.state())
            || last.step() > training.experiment().training().checkpointEvery();
    if (hasSaved && new CheckpointStore(folder.checkpoints()).latest().isEmpty()) {
      throw new RefusedException(
          "the run %s had done %,d steps, but none of its checkpoints is in %s; bring one back, or train again in another folder with --run"
              .formatted(folder.root(), last.step(), folder.checkpoints()));
    }
  }

  private static void missMetrics(RunProgress last, RunFolder folder, Training training)
      throws IOException {
    boolean hasLogged = last.isDone() || last.step() >= training.experiment().training().logEvery();
    if (hasLogged && RunCheckpoints.done(folder) > 0 && !Files.exists(folder.metrics())) {
      LOG.warning(
          "%s is missing; what was measured in the steps that are done is lost, and those to come begin a new one"
              .formatted(folder.metrics()));
    }
  }

  private static Provenance before(RunFolder folder, Training training) throws IOException {
    boolean isRecorded = Files.exists(folder.provenance());
    return isRecorded ? Provenance.read(folder.provenance()) : training.origin();
  }

  /** Nothing is noted of a run without coming steps, or whose steps are done where they were. */
  @Override
  public void note(RunFolder folder, Training training) throws IOException {
    long done = RunCheckpoints.done(folder);
    long iterations = training.experiment().training().iterations();
    if (done >= iterations) {
      return;
    }
    Provenance before = before(folder, training);
    Provenance now = before.trainedFrom(done, training.here());
    if (change.isPresent()) {
      now = now.ofLength(training.origin(), done, change.get().before(), iterations);
    }
    if (!now.equals(before)) {
      now.write(folder.provenance());
    }
    // Last: a process that is killed before it notes the same again when it is called again.
    if (change.isPresent()) {
      AtomicFile.write(folder.experiment(), training.text());
    }
  }
}
