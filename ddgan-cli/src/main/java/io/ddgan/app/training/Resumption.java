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
 * The resumption of a run from its latest checkpoint.
 *
 * @param experiment the run's experiment, with its new number of steps
 * @param before the previous total number of steps
 * @param done the number of steps done
 */
public record Resumption(Experiment experiment, long before, long done) {

  private static final Logger LOG = Logger.getLogger(Resumption.class.getName());

  private TrainingSettings settings() {
    return experiment.training();
  }

  /** Describes the effect of another number of steps. */
  public Optional<String> text() {
    long now = settings().steps();
    if (now == before) {
      return Optional.empty();
    }
    List<String> keys = LengthDependence.keys(experiment);
    String consequence =
        keys.isEmpty() || done == 0
            ? "no step so far depends on their number: the weights will equal those of a run of %,d steps bit for bit"
                .formatted(now)
            : "schedules over the whole training now follow a run of %,d steps (%s): the run will differ from one that had that many from the start"
                .formatted(now, String.join(", ", keys));
    return Optional.of(
        "the run now has %,d steps instead of %,d (%,d done); %s"
            .formatted(now, before, done, consequence));
  }

  /** Locks the run's folder without changing it. */
  LockFile enter(RunFolder folder, Provenance origin, Environment here) throws IOException {
    LockFile lock = folder.resume();
    try {
      requireFiles(folder);
      Provenance noted = provenance(folder, origin);
      noted.segments().stream()
          .reduce((earlier, last) -> last)
          .map(last -> last.environment().differences(here).get(Provenance.DATA))
          .ifPresent(data -> LOG.warning("the data are not those of the steps so far: " + data));
      if (noted.isOfModel() && RunCheckpoints.done(folder) < settings().steps()) {
        throw new RefusedException(
            "%s is a model, which has only the averaged generator; start a new run from its weights with --init-from"
                .formatted(folder.root()));
      }
      return lock;
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** Without its checkpoints, a run would start over and overwrite its other files. */
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
          "the run %s has done %,d steps, but has no checkpoint in %s; restore one, or train in another folder with --run"
              .formatted(folder.root(), step, folder.checkpoints()));
    }
    boolean hasLogged = last.get().isDone() || step >= settings().logEvery();
    if (hasLogged && RunCheckpoints.done(folder) > 0 && !Files.exists(folder.metrics())) {
      LOG.warning(
          "%s is missing; the metrics of the steps done are lost, and a new file is started"
              .formatted(folder.metrics()));
    }
  }

  private static Provenance provenance(RunFolder folder, Provenance origin) throws IOException {
    boolean isRecorded = Files.exists(folder.provenance());
    return isRecorded ? Provenance.read(folder.provenance()) : origin;
  }

  /**
   * Notes the environment of the coming steps, if there are any and it has changed. Call it when
   * all is ready.
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
    // Written last: if this process is killed before, the next one notes the same.
    if (iterations != before) {
      AtomicFile.write(folder.experiment(), text);
    }
  }
}
