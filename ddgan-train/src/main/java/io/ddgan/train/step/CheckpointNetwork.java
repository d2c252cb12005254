package io.ddgan.train.step;

import io.ddgan.api.Objective;
import io.ddgan.train.checkpoint.Checkpoint;
import io.ddgan.train.checkpoint.RunCheckpoints;
import java.io.IOException;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Networks of a run whose weights a checkpoint stores. */
public enum CheckpointNetwork {
  /** The moving average (EMA) of the generator's weights, used for samples. */
  EMA(Checkpoint.EMA, "ema"),
  /** The generator's current weights. */
  GENERATOR(Objective.GENERATOR, "raw"),
  /** The discriminator. */
  DISCRIMINATOR(Objective.DISCRIMINATOR, "discriminator");

  private final String part;
  private final String title;

  CheckpointNetwork(String part, String title) {
    this.part = part;
    this.title = title;
  }

  /** Returns the name of these weights in evaluations. */
  public String title() {
    return title;
  }

  /** Returns the part of a checkpoint that holds the network. */
  public String part() {
    return part;
  }

  /** Loads this network and the EMA generator, whose part has the data's shape and classes. */
  public Checkpoint withAverage(RunCheckpoints checkpoints, long step) throws IOException {
    return load(EnumSet.of(EMA, this), checkpoints, step);
  }

  /** Loads some networks of a checkpoint, and no other parts. */
  public static Checkpoint load(
      Set<CheckpointNetwork> networks, RunCheckpoints checkpoints, long step) throws IOException {
    Set<String> parts =
        networks.stream()
            .map(CheckpointNetwork::part)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    return checkpoints.load(step, all -> parts);
  }
}
