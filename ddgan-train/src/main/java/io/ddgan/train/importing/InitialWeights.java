package io.ddgan.train.importing;

import io.ddgan.api.DataShape;
import io.ddgan.api.Objective;
import io.ddgan.api.RefusedException;
import io.ddgan.internal.file.TerminalEscape;
import io.ddgan.internal.weights.Safetensors;
import io.ddgan.internal.weights.Tensor;
import io.ddgan.train.checkpoint.Checkpoint;
import io.ddgan.train.experiment.Setup;
import io.ddgan.train.step.TrainingState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Weights of another run that initialise a training.
 *
 * @param checkpoint a checkpoint of step 0
 * @param fresh for each network that differs from the other run's, a line that names the parameters
 *     that start as in a new run and those left out
 */
public record InitialWeights(Checkpoint checkpoint, List<String> fresh) {

  /** The share of a network's weights that must fit; with fewer, it is another network. */
  private static final double LEAST = 0.25;

  public InitialWeights {
    fresh = List.copyOf(fresh);
  }

  /**
   * Checks that an experiment can be initialised with the weights that another one will have, for
   * data of the same shape.
   *
   * @param source name of the other experiment in error messages
   */
  public static void require(
      Setup setup, Setup other, DataShape shape, int classes, String source) {
    try (TrainingState untrained =
        TrainingState.initial(other, other.model(shape, classes), shape)) {
      of(setup, shape, classes, new Checkpoint(0, untrained.save()), source);
    }
  }

  /**
   * Returns the parts of a checkpoint that initialise a training: networks and moving average,
   * without optimiser states.
   *
   * @param parts names of all parts of the checkpoint
   */
  public static Set<String> requiredParts(Setup setup, Set<String> parts) {
    Set<String> wanted =
        new TreeSet<>(setup.experiment().objective().networks(setup.components()).keySet());
    wanted.add(Checkpoint.EMA);
    wanted.retainAll(parts);
    return wanted;
  }

  /**
   * Takes the networks and the moving average of another checkpoint. Parameters whose name or shape
   * it lacks start as in a new run, and so do optimisers and networks missing there, such as the
   * discriminator if it is a denoiser's.
   *
   * @param classes number of classes of the data, 0 if it has none
   * @param source name of the other checkpoint in messages
   * @throws RefusedException if less than a quarter of a network's weights fit, or some are not
   *     finite
   */
  public static InitialWeights of(
      Setup setup, DataShape shape, int classes, Checkpoint trained, String source) {
    try (TrainingState state = TrainingState.initial(setup, setup.model(shape, classes), shape)) {
      Map<String, Safetensors> parts = new TreeMap<>();
      List<String> fresh = new ArrayList<>();
      state
          .save()
          .forEach(
              (name, initial) -> {
                Map<String, Tensor> tensors = ImportedState.copies(initial.tensors());
                if (state.networks().containsKey(name)) {
                  take(name, tensors, weights(name, trained), source).ifPresent(fresh::add);
                } else if (name.equals(Checkpoint.EMA)) { // fits as the generator does
                  take(Objective.GENERATOR, tensors, weights(name, trained), source);
                }
                parts.put(name, new Safetensors(tensors, initial.metadata()));
              });
      Checkpoint first = new Checkpoint(0, parts);
      state.restore(first, source);
      return new InitialWeights(first, fresh);
    }
  }

  /** Replaces the tensors that fit, and describes the others if there are any. */
  private static Optional<String> take(
      String network, Map<String, Tensor> tensors, Optional<Safetensors> weights, String source) {
    if (weights.isEmpty()) {
      return Optional.of("%s: starts as in a new run, as %s has none".formatted(network, source));
    }
    Map<String, Tensor> rest = new TreeMap<>(weights.get().tensors());
    List<String> others = new ArrayList<>();
    long all = 0;
    long fitting = 0;
    for (Map.Entry<String, Tensor> each : tensors.entrySet()) {
      Tensor initial = each.getValue();
      Optional<Tensor> same = Optional.ofNullable(rest.remove(each.getKey()));
      all += initial.values().remaining();
      if (same.isPresent() && same.get().shape().equals(initial.shape())) {
        fitting += initial.values().remaining();
        each.setValue(same.get());
      } else {
        String instead = same.map(tensor -> " instead of " + tensor.shape()).orElse("");
        others.add(each.getKey() + " " + initial.shape() + instead);
      }
    }
    if (fitting < LEAST * all) {
      throw new RefusedException(
          "%s does not fit the configuration: it has only %d %% of the %s's weights, by name and shape; copy the networks' keys from its experiment.conf"
              .formatted(source, 100 * fitting / all, network));
    }
    List<String> notes = new ArrayList<>();
    if (!others.isEmpty()) {
      notes.add("these start as in a new run: " + String.join(", ", others));
    }
    if (!rest.isEmpty()) {
      notes.add("left out: " + TerminalEscape.of(String.join(", ", rest.keySet())));
    }
    return notes.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s: has %d %% of its weights from there; %s"
                .formatted(network, 100 * fitting / all, String.join("; ", notes)));
  }

  /** Returns the weights of a network. An exported model has only the average of its generator. */
  private static Optional<Safetensors> weights(String network, Checkpoint trained) {
    boolean isAverage =
        network.equals(Objective.GENERATOR) && !trained.parts().containsKey(network);
    return Optional.ofNullable(trained.parts().get(isAverage ? Checkpoint.EMA : network));
  }
}
