package io.ddgan.train;

import io.ddgan.api.DataShape;
import io.ddgan.graph.ParameterLayout;
import io.ddgan.graph.ParameterSet;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.checkpoint.Checkpoint;
import io.ddgan.train.optimiser.Adam;
import io.ddgan.train.step.Game;
import io.ddgan.weights.Safetensors;
import io.ddgan.weights.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Everything that training changes: weights, their average and the optimisers' moments.
 *
 * @param average moving average of the generator's weights
 * @param discriminator empty in the training of a denoiser
 */
public record TrainingState(
    Learner generator, ParameterSet average, Optional<Learner> discriminator)
    implements AutoCloseable {

  static final String GENERATOR = "generator";
  static final String DISCRIMINATOR = "discriminator";

  /** Part of a checkpoint that samples are drawn with. */
  static final String AVERAGE = "ema";

  static final String MEAN = "-adam-mean";
  static final String SQUARE = "-adam-square";

  /** Metadata of an optimiser's running means. */
  static final String UPDATES = "updates";

  /** What an error calls a run's own checkpoint. */
  static final String CHECKPOINT = "the checkpoint";

  private static final String SHAPE = "shape";

  /** The state before the first step. */
  public static TrainingState initial(Game game, TrainingSettings settings, RandomStreams random) {
    Learner generator = Learner.initial(game.generatorLayout(), GENERATOR, settings, random);
    return new TrainingState(
        generator,
        generator.weights().copy(),
        game.discriminatorLayout()
            .map(layout -> Learner.initial(layout, DISCRIMINATOR, settings, random)));
  }

  /** Parts of a checkpoint that share this state's memory: save them before the state changes. */
  Map<String, Safetensors> save(DataShape shape) {
    Map<String, Safetensors> saved = new TreeMap<>();
    parts()
        .forEach(
            (name, set) -> {
              Map<String, String> metadata = new TreeMap<>(Map.of(SHAPE, shape.toString()));
              if (adams().containsKey(name)) {
                metadata.put(UPDATES, Long.toString(adams().get(name).updates()));
              }
              saved.put(name, new Safetensors(tensors(set), metadata));
            });
    return saved;
  }

  /** Shape of the data that the networks of a checkpoint were trained on. */
  static DataShape shape(Checkpoint checkpoint) {
    String text = part(AVERAGE, checkpoint).metadata().getOrDefault(SHAPE, "");
    try {
      return new DataShape(Arrays.stream(text.split("x", -1)).map(Integer::valueOf).toList());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the checkpoint's %s does not say the shape of the data".formatted(AVERAGE), e);
    }
  }

  /**
   * Takes over a checkpoint's values, all of them or none.
   *
   * @param source what an error calls the checkpoint
   * @throws IllegalArgumentException if the checkpoint does not fit the networks; the message lists
   *     what is missing, unexpected or of another shape
   */
  void restore(Checkpoint checkpoint, String source) {
    Fit fit = new Fit(source);
    parts().forEach((name, set) -> fit.compare(name, set, part(name, checkpoint).tensors()));
    fit.assign();
    adams().forEach((name, adam) -> adam.resume(updates(part(name, checkpoint), checkpoint)));
  }

  /** Overwrites one part with that of a checkpoint. */
  static void restore(String part, ParameterSet set, Checkpoint checkpoint) {
    Fit fit = new Fit(CHECKPOINT);
    fit.compare(part, set, part(part, checkpoint).tensors());
    fit.assign();
  }

  /** Older checkpoints do not say it, and come from optimisers as old as the training. */
  private static long updates(Safetensors part, Checkpoint checkpoint) {
    String text = part.metadata().getOrDefault(UPDATES, Long.toString(checkpoint.step()));
    try {
      return Long.parseUnsignedLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "the checkpoint does not say after how many updates it was saved, but " + text, e);
    }
  }

  static Safetensors part(String name, Checkpoint checkpoint) {
    Safetensors part = checkpoint.parts().get(name);
    if (part == null) {
      throw new IllegalArgumentException(
          "the checkpoint has no part %s, only %s".formatted(name, checkpoint.parts().keySet()));
    }
    return part;
  }

  private Map<String, ParameterSet> parts() {
    Map<String, ParameterSet> parts = new LinkedHashMap<>();
    learners().forEach((name, learner) -> parts.put(name, learner.weights()));
    parts.put(AVERAGE, average);
    learners()
        .forEach(
            (name, learner) -> {
              parts.put(name + MEAN, learner.adam().mean());
              parts.put(name + SQUARE, learner.adam().square());
            });
    return parts;
  }

  /** The optimisers by the part that holds their number of updates. */
  private Map<String, Adam> adams() {
    Map<String, Adam> adams = new LinkedHashMap<>();
    learners().forEach((name, learner) -> adams.put(name + MEAN, learner.adam()));
    return adams;
  }

  private Map<String, Learner> learners() {
    Map<String, Learner> learners = new LinkedHashMap<>();
    learners.put(GENERATOR, generator);
    discriminator.ifPresent(learner -> learners.put(DISCRIMINATOR, learner));
    return learners;
  }

  private static Map<String, Tensor> tensors(ParameterSet set) {
    Map<String, Tensor> tensors = new TreeMap<>();
    for (ParameterLayout.Entry entry : set.layout().entries()) {
      tensors.put(entry.name(), new Tensor(entry.shape(), set.values(entry.name())));
    }
    return tensors;
  }

  /** Bytes of native memory. */
  public long bytes() {
    return parts().values().stream().mapToLong(ParameterSet::bytes).sum();
  }

  @Override
  public void close() {
    generator.close();
    average.close();
    discriminator.ifPresent(Learner::close);
  }
}
