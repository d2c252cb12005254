package io.ddgan.eval.classifier;

import io.ddgan.internal.weights.Safetensors;
import io.ddgan.internal.weights.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps a classifier, and its training while that is not finished. A file that is damaged or cannot
 * be written costs steps of a training, not the evaluation.
 *
 * @param folder the cache's folder of classifiers
 * @param key identifies the classifier
 */
record ClassifierFiles(Path folder, String key) {

  private static final System.Logger LOG = System.getLogger(ClassifierFiles.class.getName());
  private static final String PARAMETERS = "parameters";
  private static final String MOMENTUM = "momentum";
  private static final String ACCURACY = "test-accuracy";
  private static final String STEPS = "steps";

  /**
   * A training after some steps.
   *
   * @param steps number of steps done
   * @param parameters the network's, in its order
   * @param momentum what the gradient descent keeps, in its order
   */
  record State(int steps, Tensor parameters, Tensor momentum) {}

  private Path trained() {
    return folder.resolve(key + ".safetensors");
  }

  private Path unfinished() {
    return folder.resolve(key + ".unfinished.safetensors");
  }

  /** Reads the classifier, if it is one that comes with the framework. */
  Optional<Trained> readShipped() throws IOException {
    String name = trained().getFileName().toString();
    try (InputStream in = ClassifierFiles.class.getResourceAsStream(name)) {
      if (in == null) {
        return Optional.empty();
      }
      Path copy = Files.createTempDirectory("ddgan-classifier").resolve(name);
      try {
        Files.copy(in, copy);
        return new ClassifierFiles(copy.getParent(), key).read().map(Trained::copy);
      } finally {
        Files.deleteIfExists(copy);
        Files.delete(copy.getParent());
      }
    }
  }

  /** Reads the classifier, if there is a file that holds what was written to it. */
  Optional<Trained> read() {
    return read(trained(), Set.of(PARAMETERS), Set.of(ACCURACY))
        .map(
            content ->
                new Trained(
                    content.tensors().get(PARAMETERS),
                    Double.parseDouble(content.metadata().get(ACCURACY))));
  }

  /** Reads the training, if there is a file that holds what was written to it. */
  Optional<State> readUnfinished() {
    return read(unfinished(), Set.of(PARAMETERS, MOMENTUM), Set.of(STEPS))
        .map(
            content ->
                new State(
                    Integer.parseInt(content.metadata().get(STEPS)),
                    content.tensors().get(PARAMETERS),
                    content.tensors().get(MOMENTUM)));
  }

  private static Optional<Safetensors> read(Path file, Set<String> tensors, Set<String> facts) {
    try {
      return new CheckedFile(file).read(tensors, facts);
    } catch (IOException e) {
      LOG.log(Level.WARNING, e.getMessage() + "; the classifier is trained from its first step");
      return Optional.empty();
    }
  }

  /** Creates or replaces the classifier's file. */
  void write(Trained trained) {
    write(
        trained(),
        Map.of(PARAMETERS, trained.parameters()),
        Map.of(ACCURACY, Double.toString(trained.accuracy())));
  }

  /** Creates or replaces the training's file. */
  void write(State state) {
    write(
        unfinished(),
        Map.of(PARAMETERS, state.parameters(), MOMENTUM, state.momentum()),
        Map.of(STEPS, Integer.toString(state.steps())));
  }

  private static void write(Path file, Map<String, Tensor> tensors, Map<String, String> facts) {
    try {
      new CheckedFile(file).write(tensors, facts);
    } catch (IOException e) {
      LOG.log(Level.WARNING, e.getMessage() + "; the classifier is trained again next time");
    }
  }

  /** Removes the file of a training that is finished. */
  void removeUnfinished() {
    try {
      Files.deleteIfExists(unfinished());
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "left over", e); // it is never read again
    }
  }
}
