package io.ddgan.eval.classifier;

import io.ddgan.internal.weights.Safetensors;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps what training gave in a file. A file that is damaged or cannot be written costs a training,
 * not the evaluation.
 *
 * @param file name of the file, ending in {@code .safetensors}
 */
record ClassifierStore(Path file) {

  private static final System.Logger LOG = System.getLogger(ClassifierStore.class.getName());
  private static final String PARAMETERS = "parameters";
  private static final String ACCURACY = "test-accuracy";

  /** Reads the file, if there is one that holds what was written to it. */
  Optional<Trained> read() {
    try {
      return new CheckedFile(file)
          .read(Set.of(PARAMETERS), Set.of(ACCURACY))
          .map(ClassifierStore::trained);
    } catch (IOException e) {
      LOG.log(Level.WARNING, e.getMessage() + "; the classifier is trained again");
      return Optional.empty();
    }
  }

  private static Trained trained(Safetensors content) {
    return new Trained(
        content.tensors().get(PARAMETERS), Double.parseDouble(content.metadata().get(ACCURACY)));
  }

  /** Creates or replaces the file. */
  void write(Trained trained) {
    try {
      new CheckedFile(file)
          .write(
              Map.of(PARAMETERS, trained.parameters()),
              Map.of(ACCURACY, Double.toString(trained.accuracy())));
    } catch (IOException e) {
      LOG.log(Level.WARNING, e.getMessage() + "; the classifier will be trained again next time");
    }
  }
}
