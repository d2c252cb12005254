package io.ddgan.eval.classifier;

import io.ddgan.internal.weights.Safetensors;
import io.ddgan.internal.weights.Tensor;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps a training that is not finished in a file. A file that is damaged or cannot be written
 * costs the steps that it holds, not the training.
 *
 * @param file name of the file, ending in {@code .safetensors}
 */
record TrainingCheckpoint(Path file) {

  private static final System.Logger LOG = System.getLogger(TrainingCheckpoint.class.getName());
  private static final String PARAMETERS = "parameters";
  private static final String MOMENTUM = "momentum";
  private static final String STEPS = "steps";

  /**
   * A training after some steps.
   *
   * @param steps number of steps done
   * @param parameters the network's, in its order
   * @param momentum what the gradient descent keeps, in its order
   */
  record State(int steps, Tensor parameters, Tensor momentum) {}

  /** Reads the file, if there is one that holds what was written to it. */
  Optional<State> read() {
    try {
      return new CheckedFile(file)
          .read(Set.of(PARAMETERS, MOMENTUM), Set.of(STEPS))
          .map(TrainingCheckpoint::state);
    } catch (IOException e) {
      LOG.log(Level.WARNING, e.getMessage() + "; the classifier is trained from its first step");
      return Optional.empty();
    }
  }

  private static State state(Safetensors content) {
    return new State(
        Integer.parseInt(content.metadata().get(STEPS)),
        content.tensors().get(PARAMETERS),
        content.tensors().get(MOMENTUM));
  }

  /** Creates or replaces the file. */
  void write(State state) {
    try {
      new CheckedFile(file)
          .write(
              Map.of(PARAMETERS, state.parameters(), MOMENTUM, state.momentum()),
              Map.of(STEPS, Integer.toString(state.steps())));
    } catch (IOException e) {
      LOG.log(Level.WARNING, e.getMessage() + "; the classifier's training goes on unsaved");
    }
  }

  /** Removes the file of a training that is finished. */
  void remove() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "left over", e); // it is never read again
    }
  }
}
