package io.ddgan.train.step;

import io.ddgan.api.Objective;
import io.ddgan.train.checkpoint.Checkpoint;
import io.ddgan.train.checkpoint.RunCheckpoints;
import java.io.IOException;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** The weights of a run that others may want. */
public enum StoredWeights {
  /** The moving average of the generator's weights, which samples are drawn with. */
  EMA(Checkpoint.EMA, "ema"),
  /** The generator as it is trained. */
  GENERATOR(Objective.GENERATOR, "raw"),
  /** The discriminator. */
  DISCRIMINATOR(Objective.DISCRIMINATOR, "discriminator");

  private final String part;
  private final String title;

  StoredWeights(String part, String title) {
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

  /** This network in a checkpoint, and the average, which knows the data's shape and classes. */
  public Checkpoint withAverage(RunCheckpoints checkpoints, long step) throws IOException {
    return load(EnumSet.of(EMA, this), checkpoints, step);
  }

  /** Some networks of a checkpoint; nothing else of it is read. */
  public static Checkpoint load(Set<StoredWeights> networks, RunCheckpoints checkpoints, long step)
      throws IOException {
    Set<String> parts =
        networks.stream()
            .map(StoredWeights::part)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    return checkpoints.load(step, all -> parts);
  }
}
