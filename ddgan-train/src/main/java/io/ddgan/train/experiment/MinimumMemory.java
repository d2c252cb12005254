package io.ddgan.train.experiment;

import io.ddgan.api.DataShape;
import io.ddgan.api.Phase;
import io.ddgan.config.ConfigurationException;
import io.ddgan.internal.graph.NativeMemory;
import io.ddgan.internal.graph.ParameterLayout;
import io.ddgan.train.phase.ModelDefinition;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The memory that no training of some networks can do without, which is known before any of it is
 * taken. What their layers compute on the way comes on top.
 */
public record MinimumMemory(
    ModelDefinition model, Map<String, ParameterLayout> layouts, TrainingSettings settings) {

  /** Batches of real examples that there are at once: ready, in use, and being read. */
  private static final int BATCHES = 5;

  /** Arrays of generated examples that there are at once: before and after they are decoded. */
  private static final int SAMPLES = 2;

  /** Weights and gradients, besides what the optimiser keeps. */
  private static final int COPIES = 2;

  public MinimumMemory {
    layouts = Map.copyOf(layouts);
  }

  /** Bytes outside of Java's heap for weights, their gradients and what the optimiser keeps. */
  public double networks() {
    Set<String> trained = model.phases().stream().map(Phase::trains).collect(Collectors.toSet());
    int copies = COPIES + settings.optimiser().state().size();
    return layouts.entrySet().stream()
        .mapToDouble(
            network ->
                (double) network.getValue().size()
                    * (trained.contains(network.getKey()) ? copies : 1)
                    * Float.BYTES)
        .sum();
  }

  /**
   * Makes sure that a training could have it.
   *
   * @param memory what the process may have outside of Java's heap
   * @throws ConfigurationException if it could not; the message names the key, and says how much
   *     there would have to be
   */
  void requireWithin(NativeMemory memory, long heap) {
    Entry<String, ParameterLayout> largest =
        layouts.entrySet().stream()
            .max(Entry.comparingByValue((a, b) -> Long.compare(a.size(), b.size())))
            .orElseThrow();
    if (networks() > memory.left()) {
      throw ConfigurationException.of(
          largest.getKey(),
          "has %,d parameters, and to train all networks takes at least %s of memory, and %s; use smaller networks"
              .formatted(largest.getValue().size(), NativeMemory.text(networks()), memory.bound()));
    }
    if (largest.getValue().size() > Integer.MAX_VALUE) {
      throw ConfigurationException.of(
          largest.getKey(),
          "has %,d parameters, but a network can have at most %,d; use a smaller one"
              .formatted(largest.getValue().size(), Integer.MAX_VALUE));
    }
    requireArrays("training.batch-size", settings.batchSize(), BATCHES, heap);
    if (settings.sampleEvery() > 0) {
      requireArrays("training.sample-count", settings.sampleCount(), SAMPLES, heap);
    }
  }

  /** How many examples of a shape can be generated at once into a heap of so many bytes. */
  public static long mostGenerated(DataShape shape, long heap) {
    return mostExamples(shape, SAMPLES, heap);
  }

  private static long mostExamples(DataShape shape, int arrays, long heap) {
    return Math.min(heap / arrays / Float.BYTES, Integer.MAX_VALUE) / shape.size();
  }

  private void requireArrays(String key, int examples, int arrays, long heap) {
    long most = mostExamples(model.shape(), arrays, heap);
    if (examples > most) {
      throw ConfigurationException.of(
          key,
          "%,d examples at once do not fit into the %s that Java may have for all; at most %,d would fit alone"
              .formatted(examples, NativeMemory.text((double) heap), most));
    }
  }
}
