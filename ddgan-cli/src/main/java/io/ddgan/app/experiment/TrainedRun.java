package io.ddgan.app.experiment;

import io.ddgan.api.RefusedException;
import io.ddgan.config.ConfigurationException;
import io.ddgan.train.checkpoint.Checkpoint;
import io.ddgan.train.checkpoint.RunCheckpoints;
import io.ddgan.train.experiment.Experiment;
import io.ddgan.train.experiment.Setup;
import io.ddgan.train.run.RunClasses;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.sampling.TrainedGenerator;
import io.ddgan.train.step.StoredWeights;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A run that is trained already, and what is done with it now. Its data are not needed.
 *
 * @param setup the parts of its experiment, with what was overridden
 */
public record TrainedRun(RunFolder folder, Setup setup) {

  /** Its experiment, with what was overridden. */
  public Experiment experiment() {
    return setup.experiment();
  }

  /** Its checkpoints as they are now: a training that continues keeps others a moment later. */
  public RunCheckpoints checkpoints() throws IOException {
    return RunCheckpoints.of(folder);
  }

  /**
   * Loads a generator, with the native library, which is loaded already.
   *
   * @param checkpoint one of the run that has the weights, and the average
   * @param batch examples generated at a time; as in training if empty
   * @throws ConfigurationException if the networks do not suit the data, or the sampler the run
   * @throws IllegalArgumentException if the checkpoint does not fit the networks
   */
  public TrainedGenerator load(
      Checkpoint checkpoint, StoredWeights weights, Optional<Integer> batch) throws IOException {
    return TrainedGenerator.load(setup, checkpoint, weights, batch);
  }

  /**
   * Loads the averaged generator of the latest checkpoint in the same way.
   *
   * @throws RefusedException if the checkpoint has no average
   * @throws IOException if there is no checkpoint or it is damaged; the message says what to do
   */
  public TrainedGenerator loadLatest(Optional<Integer> batch) throws IOException {
    StoredWeights average = StoredWeights.EMA;
    RunCheckpoints checkpoints = checkpoints();
    return load(average.withAverage(checkpoints, checkpoints.latest()), average, batch);
  }

  /**
   * The classes that a generator of it looks at.
   *
   * @throws RefusedException if it does not look at them
   */
  public RunClasses classes(TrainedGenerator generator) throws IOException {
    generator.requireClass(0);
    return RunClasses.of(folder, generator.classes());
  }

  /**
   * What exported files say of where they come from: the step, and the names of the classes, one a
   * line, where the generator looks at them.
   */
  public Map<String, String> notes(TrainedGenerator generator) throws IOException {
    Map<String, String> notes = new LinkedHashMap<>();
    notes.put("step", Long.toString(generator.step()));
    if (generator.classes() > 0) {
      notes.put("classes", String.join("\n", classes(generator).all()));
    }
    return notes;
  }
}
