package io.ddgan.eval.classifier;

import io.ddgan.api.Fingerprint;
import io.ddgan.weights.Safetensors;
import io.ddgan.weights.Tensor;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

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
  private static final String CHECKSUM = "checksum";

  /** Reads the file, if there is one that holds what was written to it. */
  Optional<Trained> read() {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(trained(Safetensors.read(file)));
    } catch (IOException e) {
      LOG.log(Level.WARNING, e.getMessage() + "; the classifier is trained anew");
      return Optional.empty();
    }
  }

  private Trained trained(Safetensors content) throws IOException {
    Tensor parameters = content.tensors().get(PARAMETERS);
    String accuracy = content.metadata().get(ACCURACY);
    if (parameters == null
        || accuracy == null
        || !checksum(parameters, accuracy).equals(content.metadata().get(CHECKSUM))) {
      throw new IOException(file + " does not hold what was written to it");
    }
    return new Trained(parameters, Double.parseDouble(accuracy));
  }

  /** Creates or replaces the file. */
  void write(Trained trained) {
    Tensor parameters = trained.parameters();
    String accuracy = Double.toString(trained.accuracy());
    Safetensors content =
        new Safetensors(
            Map.of(PARAMETERS, parameters),
            Map.of(ACCURACY, accuracy, CHECKSUM, checksum(parameters, accuracy)));
    try {
      content.write(file);
    } catch (IOException e) {
      LOG.log(Level.WARNING, e.getMessage() + "; the classifier will be trained again next time");
    }
  }

  /** With the file's name, so that a file in another one's place is not taken for it. */
  private String checksum(Tensor parameters, String accuracy) {
    return new Fingerprint()
        .add(file.getFileName().toString())
        .add(accuracy)
        .add(parameters.toArray())
        .hex();
  }
}
