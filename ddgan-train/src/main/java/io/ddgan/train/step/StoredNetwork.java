package io.ddgan.train.step;

import io.ddgan.api.Objective;
import io.ddgan.api.RefusedException;
import io.ddgan.train.checkpoint.Checkpoint;
import io.ddgan.train.checkpoint.RunCheckpoints;
import io.ddgan.train.evaluation.EvaluationRecord.Subject;
import io.ddgan.train.run.RunFolder;
import io.ddgan.weights.Safetensors;
import io.ddgan.weights.Tensor;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The weights of a run that others may want. */
public enum StoredNetwork {
  /** The moving average of the generator's weights, which samples are drawn with. */
  AVERAGE(Checkpoint.AVERAGE, Subject.AVERAGE),
  /** The generator as it is trained. */
  GENERATOR(Objective.GENERATOR, "raw"),
  /** The discriminator. */
  DISCRIMINATOR(Objective.DISCRIMINATOR, "discriminator");

  private final String part;
  private final String title;

  StoredNetwork(String part, String title) {
    this.part = part;
    this.title = title;
  }

  /** What evaluations call these weights. */
  public String title() {
    return title;
  }

  /** The part of a checkpoint that holds the network. */
  public String part() {
    return part;
  }

  /**
   * A checkpoint of some networks alone.
   *
   * @throws RefusedException if it has not all of them
   */
  public static Checkpoint only(Set<StoredNetwork> networks, Checkpoint checkpoint) {
    for (StoredNetwork each : networks) {
      Safetensors unused = TrainingState.part(each.part, checkpoint); // throws if it has it not
    }
    return checkpoint.only(networks.stream().map(StoredNetwork::part).collect(Collectors.toSet()));
  }

  /**
   * Weights of a run.
   *
   * @param step number of training steps done
   * @param tensors tensors by the parameter's name
   */
  public record Weights(long step, Map<String, Tensor> tensors) {}

  /**
   * This network in a run's latest checkpoint.
   *
   * @throws IOException if the run has no checkpoint or it is damaged; the message says what to do
   */
  public Weights of(RunFolder folder) throws IOException {
    RunCheckpoints checkpoints = RunCheckpoints.of(folder);
    Checkpoint checkpoint = checkpoints.load(checkpoints.latest());
    return new Weights(checkpoint.step(), TrainingState.part(part, checkpoint).tensors());
  }
}
