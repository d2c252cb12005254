package io.ddgan.train.importing;

import io.ddgan.api.DataShape;
import io.ddgan.api.Objective;
import io.ddgan.api.Optimiser;
import io.ddgan.internal.weights.PytorchFile;
import io.ddgan.internal.weights.Safetensors;
import io.ddgan.internal.weights.Tensor;
import io.ddgan.internal.weights.WeightFormat;
import io.ddgan.train.checkpoint.Checkpoint;
import io.ddgan.train.experiment.Setup;
import io.ddgan.train.step.TrainingState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Networks trained by another program: a generator alone, or a whole training state of the
 * reference implementation.
 *
 * @param source file or files the networks were read from
 * @param step number of training steps done, 0 if the file does not record it
 * @param parts the parts of a checkpoint that are known, by name
 * @param options the reference's command-line options, by name; empty if unknown
 */
public record ImportedState(
    String source, long step, Map<String, Safetensors> parts, Map<?, ?> options) {

  private static final String WRAPPER = "module.";

  public ImportedState {
    parts = Map.copyOf(parts);
    options = Collections.unmodifiableMap(options);
  }

  /**
   * Reads a file with a generator's weights or a whole training state. Names may have the prefix
   * {@code module.} of PyTorch's parallel networks.
   *
   * @throws IOException if it cannot be read or is damaged; the message names it and says why
   */
  public static ImportedState read(Path file) throws IOException {
    if (WeightFormat.of(file) == WeightFormat.PYTORCH) {
      Object content = PytorchFile.read(file);
      return ReferenceState.isOne(content)
          ? ReferenceState.read(file, content)
          : generator(file, PytorchFile.tensors(content, file.toString()));
    }
    return generator(file, WeightFormat.of(file).read(file));
  }

  private static ImportedState generator(Path file, Map<String, Tensor> tensors) {
    Safetensors weights = new Safetensors(unwrapped(tensors));
    return new ImportedState(
        file.toString(),
        0,
        Map.of(Objective.GENERATOR, weights, Checkpoint.EMA, weights),
        Map.of());
  }

  /**
   * Returns this state with a discriminator read from another file.
   *
   * @throws IOException if it cannot be read or is damaged; the message names it and says why
   */
  public ImportedState withDiscriminator(Path file) throws IOException {
    Map<String, Safetensors> more = new TreeMap<>(parts);
    Map<String, Tensor> tensors = WeightFormat.of(file).read(file);
    more.put(Objective.DISCRIMINATOR, new Safetensors(unwrapped(tensors)));
    return new ImportedState(source + " with " + file, step, more, options);
  }

  /** Returns whether there is a discriminator. */
  public boolean hasDiscriminator() {
    return parts.containsKey(Objective.DISCRIMINATOR);
  }

  /** Returns whether training can be resumed, that is, the optimisers' moments are known. */
  public boolean isWhole() {
    return parts.containsKey(Objective.GENERATOR + ReferenceState.MEAN);
  }

  /** Returns whether the whole state of an optimiser is known. */
  public boolean has(Optimiser optimiser) {
    return optimiser.stateNames().stream()
        .allMatch(kept -> parts.containsKey(Objective.GENERATOR + "-" + kept));
  }

  /** Returns the shape of the training images, if the options contain it. */
  public Optional<DataShape> shape() {
    return options.get("num_channels") instanceof Long channels
            && options.get("image_size") instanceof Long size
            && Math.min(channels, size) > 0
            && Math.max(channels, size) <= Short.MAX_VALUE
        ? Optional.of(DataShape.image(channels.intValue(), size.intValue(), size.intValue()))
        : Optional.empty();
  }

  /**
   * Returns these networks as a checkpoint of an experiment. Missing parts are initialised as at
   * the start of training.
   *
   * @param classes number of classes of the data, 0 if it has none
   * @throws IllegalArgumentException if the networks do not match the experiment; the message lists
   *     parameters that are missing, unexpected or of another shape
   */
  public Checkpoint checkpoint(Setup setup, DataShape shape, int classes) {
    try (TrainingState state = TrainingState.initial(setup, setup.model(shape, classes), shape)) {
      Map<String, Safetensors> all = new TreeMap<>(state.save());
      all.putAll(has(setup.experiment().training().optimiser()) ? parts : withoutMoments());
      state.restore(new Checkpoint(step, all), source);
      return new Checkpoint(step, detached(state.save()));
    }
  }

  /**
   * Returns the weights without moments and with zero updates, for an optimiser of another type.
   */
  private Map<String, Safetensors> withoutMoments() {
    Map<String, Safetensors> weights = new TreeMap<>();
    for (String name : List.of(Objective.GENERATOR, Objective.DISCRIMINATOR, Checkpoint.EMA)) {
      if (parts.containsKey(name)) {
        weights.put(
            name, new Safetensors(parts.get(name).tensors(), Map.of(TrainingState.UPDATES, "0")));
      }
    }
    return weights;
  }

  private Map<String, Safetensors> detached(Map<String, Safetensors> saved) {
    Map<String, Safetensors> detached = new TreeMap<>();
    saved.forEach(
        (name, part) -> {
          Map<String, Tensor> tensors =
              parts.containsKey(name) ? parts.get(name).tensors() : copies(part.tensors());
          detached.put(name, new Safetensors(tensors, part.metadata()));
        });
    return detached;
  }

  /** Copies tensors, which then outlive the state they were saved from. */
  static Map<String, Tensor> copies(Map<String, Tensor> tensors) {
    Map<String, Tensor> copies = new TreeMap<>();
    tensors.forEach((name, t) -> copies.put(name, Tensor.of(t.shape(), t.toArray())));
    return copies;
  }

  /** Removes the prefix of a parallel network from the names of tensors. */
  static Map<String, Tensor> unwrapped(Map<String, Tensor> tensors) {
    if (!tensors.keySet().stream().allMatch(name -> name.startsWith(WRAPPER))) {
      return tensors;
    }
    Map<String, Tensor> renamed = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> renamed.put(name.substring(WRAPPER.length()), tensor));
    return renamed;
  }
}
