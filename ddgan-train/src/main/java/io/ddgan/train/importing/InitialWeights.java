package io.ddgan.train.importing;

import io.ddgan.api.DataShape;
import io.ddgan.api.Objective;
import io.ddgan.internal.weights.Safetensors;
import io.ddgan.train.checkpoint.Checkpoint;
import io.ddgan.train.experiment.Setup;
import io.ddgan.train.step.TrainingState;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The state before the first step, with weights that a run has learnt. */
public final class InitialWeights {

  private InitialWeights() {}

  /**
   * Checks that an experiment can begin with what another one will have learnt of data of the same
   * shape.
   *
   * @param source what an error calls the other one
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
    Set<String> wanted =
        new TreeSet<>(setup.experiment().objective().networks(setup.components()).keySet());
    wanted.add(Checkpoint.EMA);
    wanted.retainAll(parts);
    return wanted;
  }

  /**
   * A checkpoint of step 0: the networks' weights and the generator's average of another one, while
   * optimisers begin anew, and so do networks that the other one has not, such as the discriminator
   * of a denoiser.
   *
   * @param classes number of classes of the data, 0 if it has none
   * @param source what an error calls the other one
   * @throws io.ddgan.api.RefusedException if a network has other parameters; the message lists them
   */
  public static Checkpoint of(
      Setup setup, DataShape shape, int classes, Checkpoint learnt, String source) {
    try (TrainingState state = TrainingState.initial(setup, setup.model(shape, classes), shape)) {
      Map<String, Safetensors> parts = new TreeMap<>();
      state
          .save()
          .forEach(
              (name, fresh) -> {
                boolean isWeights =
                    state.networks().containsKey(name) || name.equals(Checkpoint.EMA);
                Safetensors taken = isWeights ? weights(name, learnt).orElse(fresh) : fresh;
                parts.put(
                    name, new Safetensors(ImportedState.copies(taken.tensors()), fresh.metadata()));
              });
      Checkpoint first = new Checkpoint(0, parts);
      state.restore(first, source);
      return first;
    }
  }

  /** A model's generator is its average. */
  private static Optional<Safetensors> weights(String network, Checkpoint learnt) {
    boolean isAverage = network.equals(Objective.GENERATOR) && !learnt.parts().containsKey(network);
    return Optional.ofNullable(learnt.parts().get(isAverage ? Checkpoint.EMA : network));
  }
}
