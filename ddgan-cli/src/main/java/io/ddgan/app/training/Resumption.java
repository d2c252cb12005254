package io.ddgan.app.training;

import io.ddgan.api.RefusedException;
import io.ddgan.internal.file.AtomicFile;
import io.ddgan.internal.file.LockFile;
import io.ddgan.train.checkpoint.CheckpointStore;
import io.ddgan.train.checkpoint.RunCheckpoints;
import io.ddgan.train.experiment.Experiment;
import io.ddgan.train.experiment.LengthDependence;
import io.ddgan.train.experiment.TrainingSettings;
import io.ddgan.train.run.Environment;
import io.ddgan.train.run.Provenance;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.run.RunProgress;
import io.ddgan.train.run.RunProgress.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Logger;

/**
 * A run is resumed from its latest checkpoint.
 *
 * @param experiment the run's, with the number of steps that it is to have now
 * @param before the number of steps that it was to have
 * @param done steps that are done
 */
public record Resumption(Experiment experiment, long before, long done) {

  private static final Logger LOG = Logger.getLogger(Resumption.class.getName());

  private TrainingSettings settings() {
    return experiment.training();
  }

  /** What another number of steps does to the run. */
  public Optional<String> text() {
    long now = settings().steps();
    if (now == before) {
      return Optional.empty();
    }
    List<String> keys = LengthDependence.keys(experiment);
    String consequence =
        keys.isEmpty() || done == 0
            ? "nothing done so far depends on their number, so its weights will be those of a run of %,d steps, bit for bit"
                .formatted(now)
            : "what goes over the whole training jumps to where it would be in one of %,d steps (%s), so the run will differ from one that had that many from the start"
                .formatted(now, String.join(", ", keys));
    return Optional.of(
        "the run has %,d steps now instead of %,d, of which %,d are done; %s"
            .formatted(now, before, done, consequence));
  }

  /** Locks the run's folder, and leaves it as it is. */
  LockFile enter(RunFolder folder, Provenance origin) throws IOException {
    LockFile lock = folder.resume();
    try {
      requireFiles(folder);
      if (provenance(folder, origin).isOfModel()
          && RunCheckpoints.done(folder) < settings().steps()) {
        throw new RefusedException(
            "%s is a model, which has the averaged generator alone; to train on, begin a new run with its weights, with --init-from"
                .formatted(folder.root()));
      }
      return lock;
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** A run that has lost its checkpoints would begin from nothing, over what is left of it. */
  private void requireFiles(RunFolder folder) throws IOException {
    Optional<RunProgress> last =
        RunProgress.read(folder.progress()).filter(progress -> progress.step() > 0);
    if (last.isEmpty()) {
      return;
    }
    long step = last.get().step();
    boolean hasSaved =
        Set.of(RunState.DONE, RunState.STOPPED).contains(last.get().state())
            || step > settings().checkpointEvery();
    if (hasSaved && new CheckpointStore(folder.checkpoints()).latest().isEmpty()) {
      throw new RefusedException(
          "the run %s had done %,d steps, but none of its checkpoints is in %s; bring one back, or train again in another folder with --run"
              .formatted(folder.root(), step, folder.checkpoints()));
    }
    boolean hasLogged = last.get().isDone() || step >= settings().logEvery();
    if (hasLogged && RunCheckpoints.done(folder) > 0 && !Files.exists(folder.metrics())) {
      LOG.warning(
          "%s is missing; what was measured in the steps that are done is lost, and those to come begin a new one"
              .formatted(folder.metrics()));
    }
  }

  private static Provenance provenance(RunFolder folder, Provenance origin) throws IOException {
    boolean isRecorded = Files.exists(folder.provenance());
    return isRecorded ? Provenance.read(folder.provenance()) : origin;
  }

  /**
   * Notes where the coming steps are done, when all is ready for them: nothing of a run without
   * any, or whose steps are done where they were.
   */
  void note(RunFolder folder, String text, Provenance origin, Environment here) throws IOException {
    long saved = RunCheckpoints.done(folder);
    long iterations = settings().steps();
    if (saved >= iterations) {
      return;
    }
    Provenance noted = provenance(folder, origin);
    Provenance now = noted.trainedFrom(saved, here);
    if (iterations != before) {
      now = now.ofLength(origin, saved, before, iterations);
    }
    if (!now.equals(noted)) {
      now.write(folder.provenance());
    }
    // Last: a process that is killed before it notes the same again when it is called again.
    if (iterations != before) {
      AtomicFile.write(folder.experiment(), text);
    }
  }
}
