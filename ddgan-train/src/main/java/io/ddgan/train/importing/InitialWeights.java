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

/** Initialises a training with the weights of another run. */
public final class InitialWeights {

  private InitialWeights() {}

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
   * Returns a checkpoint of step 0 with the networks and the moving average of another checkpoint.
   * Optimisers start from scratch, and so do networks missing there, such as the discriminator if
   * it is a denoiser's.
   *
   * @param classes number of classes of the data, 0 if it has none
   * @param source name of the other checkpoint in error messages
   * @throws io.ddgan.api.RefusedException if the parameters of a network differ; the message lists
   *     them
   */
  public static Checkpoint of(
      Setup setup, DataShape shape, int classes, Checkpoint trained, String source) {
    try (TrainingState state = TrainingState.initial(setup, setup.model(shape, classes), shape)) {
      Map<String, Safetensors> parts = new TreeMap<>();
      state
          .save()
          .forEach(
              (name, fresh) -> {
                boolean isWeights =
                    state.networks().containsKey(name) || name.equals(Checkpoint.EMA);
                Safetensors taken = isWeights ? weights(name, trained).orElse(fresh) : fresh;
                parts.put(
                    name, new Safetensors(ImportedState.copies(taken.tensors()), fresh.metadata()));
              });
      Checkpoint first = new Checkpoint(0, parts);
      state.restore(first, source);
      return first;
    }
  }

  /** Returns the weights of a network. An exported model has only the average of its generator. */
  private static Optional<Safetensors> weights(String network, Checkpoint trained) {
    boolean isAverage =
        network.equals(Objective.GENERATOR) && !trained.parts().containsKey(network);
    return Optional.ofNullable(trained.parts().get(isAverage ? Checkpoint.EMA : network));
  }
}
