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
import io.ddgan.train.step.CheckpointNetwork;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A trained run, to be sampled, evaluated or exported. Its data are not needed.
 *
 * @param setup its experiment with overrides, assembled
 */
public record TrainedRun(RunFolder folder, Setup setup) {

  /** Returns its experiment with overrides. */
  public Experiment experiment() {
    return setup.experiment();
  }

  /** Reads its present checkpoints, which change while it trains. */
  public RunCheckpoints checkpoints() throws IOException {
    return RunCheckpoints.of(folder);
  }

  /**
   * Loads a generator. The native library must be loaded.
   *
   * @param checkpoint a checkpoint with the weights and their average
   * @param batch batch size; as in training if empty
   * @throws ConfigurationException if the networks do not fit the data, or the sampler does not fit
   *     the run
   * @throws IllegalArgumentException if the checkpoint does not fit the networks
   */
  public TrainedGenerator load(
      Checkpoint checkpoint, CheckpointNetwork weights, Optional<Integer> batch)
      throws IOException {
    return TrainedGenerator.load(setup, checkpoint, weights, batch);
  }

  /**
   * Loads the averaged generator of the latest checkpoint.
   *
   * @throws RefusedException if the checkpoint has no average
   * @throws IOException if there is no checkpoint or it is damaged
   */
  public TrainedGenerator loadLatest(Optional<Integer> batch) throws IOException {
    CheckpointNetwork average = CheckpointNetwork.EMA;
    RunCheckpoints checkpoints = checkpoints();
    return load(average.withAverage(checkpoints, checkpoints.latest()), average, batch);
  }

  /**
   * Returns the classes of its class-conditional generator.
   *
   * @throws RefusedException if the generator is unconditional
   */
  public RunClasses classes(TrainedGenerator generator) throws IOException {
    generator.requireClass(0);
    return RunClasses.of(folder, generator.classes());
  }

  /**
   * Returns the metadata of exported files: the step, and for a class-conditional generator the
   * names of the classes, one per line.
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
