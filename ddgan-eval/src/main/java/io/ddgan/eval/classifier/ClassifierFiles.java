package io.ddgan.eval.classifier;

import io.ddgan.api.Fingerprint;
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
import java.util.TreeMap;

/**
 * Keeps a classifier, and its training while that is not finished, in files with checksums. A file
 * that is damaged costs steps of a training, not the evaluation.
 *
 * @param folder the cache's folder of classifiers
 * @param key identifies the classifier
 */
record ClassifierFiles(Path folder, String key) {

  private static final System.Logger LOG = System.getLogger(ClassifierFiles.class.getName());
  private static final String CHECKSUM = "checksum";
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
    return read(trained(), Set.of(PARAMETERS), ACCURACY)
        .map(
            content ->
                new Trained(
                    content.tensors().get(PARAMETERS),
                    Double.parseDouble(content.metadata().get(ACCURACY))));
  }

  /** Reads the training, if there is a file that holds what was written to it. */
  Optional<State> readUnfinished() {
    return read(unfinished(), Set.of(PARAMETERS, MOMENTUM), STEPS)
        .map(
            content ->
                new State(
                    Integer.parseInt(content.metadata().get(STEPS)),
                    content.tensors().get(PARAMETERS),
                    content.tensors().get(MOMENTUM)));
  }

  private static Optional<Safetensors> read(Path file, Set<String> tensors, String fact) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    String problem = file + " does not hold what was written to it";
    try {
      Safetensors content = Safetensors.read(file);
      // The checksum leaves out the names.
      if (content.tensors().keySet().equals(tensors)
          && content.metadata().keySet().equals(Set.of(fact, CHECKSUM))
          && checksum(file, content.tensors(), content.metadata().get(fact))
              .equals(content.metadata().get(CHECKSUM))) {
        return Optional.of(content);
      }
    } catch (IOException e) {
      problem = e.getMessage();
    }
    LOG.log(Level.WARNING, problem + "; the classifier is trained from its first step");
    return Optional.empty();
  }

  /** Creates or replaces the classifier's file. */
  void write(Trained trained) throws IOException {
    write(
        trained(),
        Map.of(PARAMETERS, trained.parameters()),
        ACCURACY,
        Double.toString(trained.accuracy()));
  }

  /** Creates or replaces the training's file. */
  void write(State state) throws IOException {
    write(
        unfinished(),
        Map.of(PARAMETERS, state.parameters(), MOMENTUM, state.momentum()),
        STEPS,
        Integer.toString(state.steps()));
  }

  private static void write(Path file, Map<String, Tensor> tensors, String name, String fact)
      throws IOException {
    Map<String, String> facts = Map.of(name, fact, CHECKSUM, checksum(file, tensors, fact));
    new Safetensors(tensors, facts).write(file);
  }

  /** With the file's name, so that a file in another one's place is not taken for it. */
  private static String checksum(Path file, Map<String, Tensor> tensors, String fact) {
    Fingerprint checksum = new Fingerprint().add(file.getFileName().toString()).add(fact);
    new TreeMap<>(tensors).values().forEach(tensor -> checksum.add(tensor.toArray()));
    return checksum.hex();
  }

  /** Removes the file of a training that is finished. */
  void removeUnfinished() throws IOException {
    Files.deleteIfExists(unfinished());
  }
}
