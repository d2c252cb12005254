package io.ddgan.train.step;

import static java.util.stream.Collectors.toSet;

import io.ddgan.api.DataShape;
import io.ddgan.api.Objective;
import io.ddgan.api.Optimiser;
import io.ddgan.api.Phase;
import io.ddgan.api.RefusedException;
import io.ddgan.internal.graph.ParameterLayout;
import io.ddgan.internal.graph.ParameterSet;
import io.ddgan.internal.weights.Safetensors;
import io.ddgan.internal.weights.Tensor;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.checkpoint.Checkpoint;
import io.ddgan.train.experiment.Experiment;
import io.ddgan.train.experiment.Setup;
import io.ddgan.train.phase.AdaptiveValues;
import io.ddgan.train.phase.ModelDefinition;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The state that training changes: the weights and optimiser states of all networks, the EMA of the
 * generator's weights, and the adaptive numbers.
 *
 * @param networks the networks, by name; those that no phase trains never change
 * @param classes number of classes of the data, 0 if it has none
 */
public record TrainingState(
    Map<String, NetworkState> networks,
    ParameterSet ema,
    AdaptiveValues numbers,
    DataShape shape,
    int classes)
    implements AutoCloseable {

  /** Metadata key of a network's number of updates. */
  public static final String UPDATES = "updates";

  /** Name of a run's own checkpoint in errors. */
  public static final String CHECKPOINT = "the checkpoint";

  private static final String SHAPE = "shape";
  private static final String CLASSES = "classes";

  /** Returns the state before the first step of an experiment. */
  public static TrainingState initial(Setup setup, ModelDefinition model, DataShape shape) {
    Experiment experiment = setup.experiment();
    return initial(
        model,
        setup.used(model),
        shape,
        experiment.training().optimiser(),
        new RandomStreams(experiment.seed()));
  }

  /** Returns the state before the first step. */
  public static TrainingState initial(
      ModelDefinition model,
      ModelDefinition.Used used,
      DataShape shape,
      Optimiser optimiser,
      RandomStreams random) {
    Set<String> trained = model.phases().stream().map(Phase::trains).collect(toSet());
    Map<String, NetworkState> learners = new LinkedHashMap<>();
    try {
      used.layouts()
          .forEach(
              (name, layout) ->
                  learners.put(
                      name,
                      new NetworkState(layout, name, optimiser, trained.contains(name), random)));
      return new TrainingState(
          learners,
          learners.get(Objective.GENERATOR).weights().copy(),
          new AdaptiveValues(used.numbers()),
          shape,
          model.classes());
    } catch (RuntimeException e) {
      learners.values().forEach(NetworkState::close);
      throw e;
    }
  }

  /** Returns the weights of a network by name, including the EMA. */
  ParameterSet weights(String network) {
    return network.equals(Objective.EMA) ? ema : networks.get(network).weights();
  }

  /**
   * Returns the parts of a checkpoint. They share this state's memory: save them before it changes.
   */
  public Map<String, Safetensors> save() {
    Map<String, Safetensors> saved = new TreeMap<>();
    parts()
        .forEach(
            (name, set) -> {
              Map<String, String> metadata = new TreeMap<>(Map.of(SHAPE, shape.toString()));
              if (classes > 0) {
                metadata.put(CLASSES, Integer.toString(classes));
              }
              if (networks.containsKey(name)) {
                metadata.put(UPDATES, Long.toString(networks.get(name).updates()));
              }
              saved.put(name, new Safetensors(tensors(set), metadata));
            });
    if (!numbers.values().isEmpty()) {
      saved.put(AdaptiveValues.PART, numbers.save());
    }
    return saved;
  }

  /** Returns the shape of the data that the networks of a checkpoint were trained on. */
  public static DataShape shape(Checkpoint checkpoint) {
    String text = checkpoint.part(Checkpoint.EMA).metadata().getOrDefault(SHAPE, "");
    try {
      return new DataShape(Arrays.stream(text.split("x", -1)).map(Integer::valueOf).toList());
    } catch (IllegalArgumentException e) {
      throw new RefusedException(
          "the checkpoint's part %s does not name the shape of the data".formatted(Checkpoint.EMA),
          e);
    }
  }

  /** Returns the number of classes of the data that a checkpoint's networks were trained on. */
  public static int classes(Checkpoint checkpoint) {
    return Integer.parseInt(checkpoint.part(Checkpoint.EMA).metadata().getOrDefault(CLASSES, "0"));
  }

  /**
   * Restores all values of a checkpoint, or none. Adaptive numbers that it lacks start from their
   * initial values.
   *
   * @throws IllegalArgumentException if the checkpoint does not fit the networks; the message lists
   *     what is missing, unexpected or of another shape
   */
  public void restore(Checkpoint checkpoint, String source) {
    StateDictLoader fit = new StateDictLoader(source);
    parts().forEach((name, set) -> fit.compare(name, set, checkpoint.part(name).tensors()));
    fit.assign();
    numbers.restore(
        checkpoint.parts().getOrDefault(AdaptiveValues.PART, new Safetensors(Map.of())));
    networks.forEach((name, learner) -> learner.resume(updates(name, checkpoint)));
  }

  /** Overwrites one part with that of a checkpoint. */
  public static void restore(String part, ParameterSet set, Checkpoint checkpoint) {
    StateDictLoader fit = new StateDictLoader(CHECKPOINT);
    fit.compare(part, set, checkpoint.part(part).tensors());
    fit.assign();
  }

  private static long updates(String network, Checkpoint checkpoint) {
    String noted = checkpoint.part(network).metadata().get(UPDATES);
    return noted == null ? checkpoint.step() : Long.parseLong(noted);
  }

  private Map<String, ParameterSet> parts() {
    Map<String, ParameterSet> parts = new LinkedHashMap<>();
    networks.forEach((name, learner) -> parts.put(name, learner.weights()));
    parts.put(Checkpoint.EMA, ema);
    networks.forEach(
        (name, learner) ->
            learner.optimiserState().forEach((key, set) -> parts.put(name + "-" + key, set)));
    return parts;
  }

  private static Map<String, Tensor> tensors(ParameterSet set) {
    Map<String, Tensor> tensors = new TreeMap<>();
    for (ParameterLayout.Entry entry : set.layout().entries()) {
      tensors.put(entry.name(), new Tensor(entry.shape(), set.values(entry.name())));
    }
    return tensors;
  }

  /** Returns the bytes of native memory. */
  public long bytes() {
    return parts().values().stream().mapToLong(ParameterSet::bytes).sum();
  }

  @Override
  public void close() {
    networks.values().forEach(NetworkState::close);
    ema.close();
  }
}
