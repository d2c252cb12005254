package io.ddgan.train;

import io.ddgan.api.DataShape;
import io.ddgan.graph.ParameterLayout;
import io.ddgan.graph.ParameterSet;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.checkpoint.Checkpoint;
import io.ddgan.train.checkpoint.Safetensors;
import io.ddgan.train.checkpoint.Tensor;
import io.ddgan.train.optimiser.Adam;
import io.ddgan.train.step.Game;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Everything that training changes: weights, their average and the optimisers' moments.
 *
 * @param generator the generator's weights
 * @param discriminator the discriminator's weights
 * @param average moving average of the generator's weights
 */
public record TrainingState(
    ParameterSet generator,
    ParameterSet discriminator,
    ParameterSet average,
    Adam generatorAdam,
    Adam discriminatorAdam)
    implements AutoCloseable {

  /** Part of a checkpoint that samples are drawn with. */
  static final String AVERAGE = "ema";

  private static final String SHAPE = "shape";

  /** The state before the first step. */
  public static TrainingState initial(Game game, TrainingSettings settings, RandomStreams random) {
    ParameterLayout g = game.generatorLayout();
    ParameterLayout d = game.discriminatorLayout();
    ParameterSet generator = ParameterSet.initialised(g, DataType.FLOAT, "generator", random);
    return new TrainingState(
        generator,
        ParameterSet.initialised(d, DataType.FLOAT, "discriminator", random),
        generator.copy(),
        new Adam(g, settings.beta1(), settings.beta2(), settings.epsilon()),
        new Adam(d, settings.beta1(), settings.beta2(), settings.epsilon()));
  }

  /** Parts of a checkpoint that share this state's memory: save them before the state changes. */
  Map<String, Safetensors> save(DataShape shape) {
    Map<String, Safetensors> saved = new TreeMap<>();
    parts().forEach((name, set) -> saved.put(name, tensors(set, shape)));
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
   * Takes over a checkpoint's values.
   *
   * @throws IllegalArgumentException if the checkpoint does not fit the networks; the message lists
   *     what is missing, unexpected or of another shape
   */
  void restore(Checkpoint checkpoint) {
    parts().forEach((name, set) -> restore(name, set, checkpoint));
  }

  /** Overwrites one part with that of a checkpoint. */
  static void restore(String part, ParameterSet set, Checkpoint checkpoint) {
    Map<String, Tensor> tensors = new TreeMap<>(part(part, checkpoint).tensors());
    TreeSet<String> problems = new TreeSet<>();
    for (ParameterLayout.Entry entry : set.layout().entries()) {
      Tensor tensor = tensors.remove(entry.name());
      if (tensor == null) {
        problems.add("%s is missing".formatted(entry.name()));
      } else if (!tensor.shape().equals(entry.shape())) {
        problems.add(
            "%s has the shape %s instead of %s"
                .formatted(entry.name(), tensor.shape(), entry.shape()));
      } else {
        set.set(entry.name(), tensor.toArray());
      }
    }
    tensors.keySet().forEach(name -> problems.add("%s is unexpected".formatted(name)));
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "the checkpoint's %s does not fit the configuration: %s"
              .formatted(part, String.join("; ", problems)));
    }
  }

  private static Safetensors part(String name, Checkpoint checkpoint) {
    Safetensors part = checkpoint.parts().get(name);
    if (part == null) {
      throw new IllegalArgumentException(
          "the checkpoint has no part %s, only %s".formatted(name, checkpoint.parts().keySet()));
    }
    return part;
  }

  private Map<String, ParameterSet> parts() {
    Map<String, ParameterSet> parts = new LinkedHashMap<>();
    parts.put("generator", generator);
    parts.put("discriminator", discriminator);
    parts.put(AVERAGE, average);
    parts.put("generator-adam-mean", generatorAdam.mean());
    parts.put("generator-adam-square", generatorAdam.square());
    parts.put("discriminator-adam-mean", discriminatorAdam.mean());
    parts.put("discriminator-adam-square", discriminatorAdam.square());
    return parts;
  }

  private static Safetensors tensors(ParameterSet set, DataShape shape) {
    Map<String, Tensor> tensors = new TreeMap<>();
    for (ParameterLayout.Entry entry : set.layout().entries()) {
      tensors.put(entry.name(), new Tensor(entry.shape(), set.values(entry.name())));
    }
    return new Safetensors(tensors, Map.of(SHAPE, shape.toString()));
  }

  @Override
  public void close() {
    generator.close();
    discriminator.close();
    average.close();
    generatorAdam.close();
    discriminatorAdam.close();
  }
}
