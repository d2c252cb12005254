package io.ddgan.train.importing;

import io.ddgan.api.Objective;
import io.ddgan.internal.weights.PytorchFile;
import io.ddgan.internal.weights.Safetensors;
import io.ddgan.internal.weights.Tensor;
import io.ddgan.train.checkpoint.Checkpoint;
import io.ddgan.train.step.TrainingState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A whole training state of the reference implementation. Its optimisers identify parameters by
 * their position in the network's state dict. The generator's optimiser also keeps the moving
 * average.
 */
final class ReferenceState {

  /** Suffix of the name of the part with a network's first moments, as Adam names it. */
  static final String MEAN = "-adam-mean";

  private static final String SQUARE = "-adam-square";
  private static final String EMA = "ema";

  private final Path file;
  private final Map<?, ?> content;
  private final Map<String, Safetensors> parts = new TreeMap<>();

  private ReferenceState(Path file, Map<?, ?> content) {
    this.file = file;
    this.content = content;
  }

  /** Returns whether the content of a file is a whole training state. */
  static boolean isOne(Object content) {
    return content instanceof Map<?, ?> map && map.containsKey("netG_dict");
  }

  /**
   * Splits a training state into the parts of a checkpoint.
   *
   * @throws IOException if an entry is missing or has another type than the reference saves
   */
  static ImportedState read(Path file, Object content) throws IOException {
    ReferenceState state = new ReferenceState(file, (Map<?, ?>) content);
    state.network(Objective.GENERATOR, "netG_dict", "optimizerG");
    state.network(Objective.DISCRIMINATOR, "netD_dict", "optimizerD");
    long step = state.natural(state.content.get("global_step"), "global_step");
    Map<?, ?> options = state.content.get("args") instanceof Map<?, ?> args ? args : Map.of();
    return new ImportedState(file.toString(), step, state.parts, options);
  }

  private void network(String network, String dictionary, String optimiser) throws IOException {
    Map<String, Tensor> weights =
        ImportedState.unwrapped(
            PytorchFile.tensors(content.get(dictionary), file + "'s " + dictionary));
    List<Map<?, ?>> moments = moments(optimiser, weights.size());
    Map<String, String> updates =
        Map.of(TrainingState.UPDATES, Long.toString(updates(optimiser, moments)));
    parts.put(network, new Safetensors(weights, updates));
    parts.put(network + MEAN, new Safetensors(column("exp_avg", weights, moments)));
    parts.put(network + SQUARE, new Safetensors(column("exp_avg_sq", weights, moments)));
    if (network.equals(Objective.GENERATOR)) {
      parts.put(Checkpoint.EMA, new Safetensors(column(EMA, weights, moments)));
    }
  }

  /** Returns the optimiser's state of each parameter; empty if it was never updated. */
  private List<Map<?, ?>> moments(String optimiser, int parameters) throws IOException {
    if (!(content.get(optimiser) instanceof Map<?, ?> saved
        && saved.get("state") instanceof Map<?, ?> states
        && saved.get("param_groups") instanceof List<?> groups)) {
      throw broken(optimiser + " lacks state or param_groups");
    }
    long known = 0;
    for (Object group : groups) {
      if (group instanceof Map<?, ?> map && map.get("params") instanceof List<?> indices) {
        known += indices.size();
      }
    }
    if (known != parameters) {
      throw broken("%s has %d parameters instead of %d".formatted(optimiser, known, parameters));
    }
    List<Map<?, ?>> moments = new ArrayList<>();
    for (long i = 0; i < parameters; i++) {
      moments.add(states.get(i) instanceof Map<?, ?> state ? state : Map.of());
    }
    return moments;
  }

  /** Returns one entry of the optimiser's state, by parameter name. */
  private Map<String, Tensor> column(
      String key, Map<String, Tensor> weights, List<Map<?, ?>> moments) throws IOException {
    Map<String, Tensor> column = new LinkedHashMap<>();
    int i = 0;
    for (Map.Entry<String, Tensor> weight : weights.entrySet()) {
      Object value = moments.get(i++).get(key);
      if (value instanceof Tensor tensor) {
        column.put(weight.getKey(), tensor);
      } else if (value != null) {
        throw broken("%s of %s is not a tensor".formatted(key, weight.getKey()));
      } else if (key.equals(EMA)) {
        column.put(weight.getKey(), weight.getValue());
      } else {
        List<Long> shape = weight.getValue().shape();
        column.put(
            weight.getKey(), Tensor.of(shape, new float[weight.getValue().values().remaining()]));
      }
    }
    return column;
  }

  /** Returns the number of updates, which is the same for all parameters updated at least once. */
  private long updates(String optimiser, List<Map<?, ?>> moments) throws IOException {
    for (Map<?, ?> state : moments) {
      if (!state.isEmpty()) {
        return natural(state.get("step"), "step of " + optimiser);
      }
    }
    return 0;
  }

  /** Converts a natural number, which PyTorch also saves as a tensor. */
  private long natural(Object value, String what) throws IOException {
    double number = -1;
    if (value instanceof Number plain) {
      number = plain.doubleValue();
    } else if (value instanceof Tensor tensor && tensor.values().remaining() == 1) {
      number = tensor.values().get(0);
    }
    if (number < 0 || number > Integer.MAX_VALUE || number != Math.rint(number)) {
      throw broken(what + " is not a natural number");
    }
    return (long) number;
  }

  private IOException broken(String why) {
    return new IOException("%s is not a training state of the reference: %s".formatted(file, why));
  }
}
