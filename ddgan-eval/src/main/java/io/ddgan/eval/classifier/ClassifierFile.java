package io.ddgan.eval.classifier;

import io.ddgan.api.Fingerprint;
import io.ddgan.internal.file.AtomicFile;
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

/** Keeps a trained classifier in a file with a checksum. One that is damaged is trained again. */
record ClassifierFile(Path file) {

  private static final System.Logger LOG = System.getLogger(ClassifierFile.class.getName());
  private static final String CHECKSUM = "checksum";
  private static final String PARAMETERS = "parameters";
  private static final String ACCURACY = "test-accuracy";

  /** Reads the classifier, if there is a file that holds what was written to it. */
  Optional<Trained> read() {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    String problem = file + " does not hold what was written to it";
    try {
      Safetensors content = Safetensors.read(file);
      // The checksum leaves out the names.
      if (content.tensors().keySet().equals(Set.of(PARAMETERS))
          && content.metadata().keySet().equals(Set.of(ACCURACY, CHECKSUM))) {
        Tensor stored = content.tensors().get(PARAMETERS);
        String accuracy = content.metadata().get(ACCURACY);
        Tensor copy = Tensor.of(stored.shape(), stored.toArray()); // independent of the file
        if (checksum(copy, accuracy).equals(content.metadata().get(CHECKSUM))) {
          return Optional.of(new Trained(copy, Double.parseDouble(accuracy)));
        }
      }
    } catch (IOException e) {
      problem = e.getMessage();
    }
    LOG.log(Level.WARNING, problem + "; the classifier is made again");
    return Optional.empty();
  }

  /** Reads the classifier, after a copy to the file, if it is one that comes with the framework. */
  Optional<Trained> readShipped() throws IOException {
    try (InputStream in = ClassifierFile.class.getResourceAsStream(file.getFileName().toString())) {
      if (in == null) {
        return Optional.empty();
      }
      AtomicFile.write(file, in::transferTo);
      return read();
    }
  }

  /** Creates or replaces the file. */
  void write(Trained trained) throws IOException {
    String accuracy = Double.toString(trained.accuracy());
    Map<String, String> facts =
        Map.of(ACCURACY, accuracy, CHECKSUM, checksum(trained.parameters(), accuracy));
    new Safetensors(Map.of(PARAMETERS, trained.parameters()), facts).write(file);
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
