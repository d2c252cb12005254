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
 * The minimum memory of a training, computed before any is allocated. Activations are not included.
 */
public record MinimumMemory(
    ModelDefinition model, Map<String, ParameterLayout> layouts, TrainingSettings settings) {

  /** Batches of real examples in memory at once: ready, in use, and being read. */
  private static final int BATCHES = 5;

  /** Arrays of generated examples in memory at once: encoded and decoded. */
  private static final int SAMPLES = 2;

  /** Weights and gradients, without the optimiser's state. */
  private static final int COPIES = 2;

  public MinimumMemory {
    layouts = Map.copyOf(layouts);
  }

  /** Returns the bytes of native memory of weights, gradients and optimiser states. */
  public double networks() {
    Set<String> trained = model.phases().stream().map(Phase::trains).collect(Collectors.toSet());
    int copies = COPIES + settings.optimiser().stateNames().size();
    return layouts.entrySet().stream()
        .mapToDouble(
            network ->
                (double) network.getValue().size()
                    * (trained.contains(network.getKey()) ? copies : 1)
                    * Float.BYTES)
        .sum();
  }

  /**
   * Checks that enough memory is available.
   *
   * @param memory native memory of the process
   * @throws ConfigurationException if it is not; the message names the key and the memory needed
   */
  void requireWithin(NativeMemory memory, long heap) {
    Entry<String, ParameterLayout> largest =
        layouts.entrySet().stream()
            .max(Entry.comparingByValue((a, b) -> Long.compare(a.size(), b.size())))
            .orElseThrow();
    if (networks() > memory.left()) {
      throw ConfigurationException.of(
          largest.getKey(),
          "has %,d parameters; training all networks takes at least %s of memory, and %s; use smaller networks"
              .formatted(largest.getValue().size(), NativeMemory.text(networks()), memory.bound()));
    }
    if (largest.getValue().size() > Integer.MAX_VALUE) {
      throw ConfigurationException.of(
          largest.getKey(),
          "has %,d parameters, but a network can have at most %,d; use a smaller network"
              .formatted(largest.getValue().size(), Integer.MAX_VALUE));
    }
    requireArrays("training.batch-size", settings.batchSize(), BATCHES, heap);
    if (settings.sampleEvery() > 0) {
      requireArrays("training.sample-count", settings.sampleCount(), SAMPLES, heap);
    }
  }

  /**
   * Returns how many examples of a shape can be generated at once in a heap of {@code heap} bytes.
   */
  public static long mostGenerated(DataShape shape, long heap) {
    return mostExamples(shape, SAMPLES, heap);
  }

  private static long mostExamples(DataShape shape, int arrays, long heap) {
    return Math.min(heap / arrays / Float.BYTES, Integer.MAX_VALUE) / shape.size();
  }

  private void requireArrays(String key, int examples, int arrays, long heap) {
    long limit = mostExamples(model.shape(), arrays, heap);
    if (examples > limit) {
      throw ConfigurationException.of(
          key,
          "%,d examples do not fit into Java's heap of %s; use at most %,d"
              .formatted(examples, NativeMemory.text((double) heap), limit));
    }
  }
}
