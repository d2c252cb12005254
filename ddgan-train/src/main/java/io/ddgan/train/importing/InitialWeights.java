package io.ddgan.train.importing;

import io.ddgan.api.DataShape;
import io.ddgan.api.Objective;
import io.ddgan.api.RefusedException;
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

/** The state before the first step, with weights that a run has learnt. */
public final class InitialWeights {

  /** Parameters that are shown of those that do not fit. */
  private static final int SHOWN = 3;

  private InitialWeights() {}

  /**
   * Checks that an experiment can begin with what another one will have learnt of data of the same
   * shape.
   *
   * @param source what an error calls the other one
   * @throws RefusedException as {@link #of} does
   */
  public static void require(
      Setup setup, Setup other, DataShape shape, int classes, String source) {
    try (TrainingState untrained =
        TrainingState.initial(other, other.model(shape, classes), shape)) {
      of(setup, shape, classes, new Checkpoint(0, untrained.save()), source);
    }
  }

  /**
   * What of a checkpoint a training can begin with: its networks and its average, not what its
   * optimisers keep.
   *
   * @param parts the names of all its parts
   */
  public static Set<String> wanted(Setup setup, Set<String> parts) {
    Set<String> wanted = new TreeSet<>(setup.experiment().objective().networks(setup).keySet());
    wanted.add(Checkpoint.AVERAGE);
    wanted.retainAll(parts);
    return wanted;
  }

  /**
   * A checkpoint of step 0: the networks' weights and the generator's average of another one, while
   * optimisers begin anew, and so do networks that the other one has not, such as the discriminator
   * of a denoiser.
   *
   * @param shape shape of the data
   * @param classes number of classes of the data, 0 if it has none
   * @param source what an error calls the other one
   * @throws RefusedException if a network has other parameters; the message lists the first few
   */
  public static Checkpoint of(
      Setup setup, DataShape shape, int classes, Checkpoint learnt, String source) {
    try (TrainingState state = TrainingState.initial(setup, setup.model(shape, classes), shape)) {
      Map<String, Safetensors> parts = new TreeMap<>();
      List<String> differences = new ArrayList<>();
      state
          .save()
          .forEach(
              (name, fresh) -> {
                boolean isWeights =
                    state.learners().containsKey(name) || name.equals(Checkpoint.AVERAGE);
                Optional<Safetensors> known = isWeights ? weights(name, learnt) : Optional.empty();
                known.ifPresent(weights -> compare(name, fresh, weights, differences));
                Safetensors taken = known.orElse(fresh);
                parts.put(
                    name, new Safetensors(ImportedState.copies(taken.tensors()), fresh.metadata()));
              });
      if (!differences.isEmpty()) {
        int more = differences.size() - SHOWN;
        throw new RefusedException(
            "the networks are not those of %s: %s%s; begin with a run of the same networks, or with none"
                .formatted(
                    source,
                    String.join(", ", differences.stream().limit(SHOWN).toList()),
                    more > 0 ? ", and %,d more".formatted(more) : ""));
      }
      return new Checkpoint(0, parts);
    }
  }

  /** A model's generator is its average. */
  private static Optional<Safetensors> weights(String network, Checkpoint learnt) {
    boolean isAverage = network.equals(Objective.GENERATOR) && !learnt.parts().containsKey(network);
    return Optional.ofNullable(learnt.parts().get(isAverage ? Checkpoint.AVERAGE : network));
  }

  private static void compare(
      String network, Safetensors fresh, Safetensors learnt, List<String> differences) {
    Map<String, Tensor> rest = new TreeMap<>(learnt.tensors());
    fresh
        .tensors()
        .forEach(
            (name, tensor) -> {
              Tensor other = rest.remove(name);
              if (other == null) {
                differences.add("it has no %s of the %s".formatted(name, network));
              } else if (!other.shape().equals(tensor.shape())) {
                differences.add(
                    "its %s of the %s is %s instead of %s"
                        .formatted(name, network, other.shape(), tensor.shape()));
              }
            });
    rest.keySet()
        .forEach(name -> differences.add("it also has %s of the %s".formatted(name, network)));
  }
}
