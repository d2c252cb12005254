package io.ddgan.eval.classifier;

import io.ddgan.api.DataShape;
import io.ddgan.api.Hasher;
import io.ddgan.api.OpenFeatureExtractor;
import io.ddgan.internal.file.AtomicFile;
import io.ddgan.internal.weights.Safetensors;
import io.ddgan.internal.weights.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A trained classifier, cached in a file with a checksum. A damaged file is replaced by training
 * again.
 *
 * @param parameters the network's parameters, in its order
 * @param accuracy share of held-out examples that it classifies correctly, in [0, 1]
 */
record TrainedClassifier(Tensor parameters, double accuracy) {

  private static final System.Logger LOG = System.getLogger(TrainedClassifier.class.getName());
  private static final String CHECKSUM = "checksum";
  private static final String PARAMETERS = "parameters";
  private static final String ACCURACY = "test-accuracy";

  /**
   * Reads a classifier from the file, or else copies one of that name that ships with the
   * framework. Returns an empty result if there is none or the file is damaged.
   */
  static Optional<TrainedClassifier> read(Path file) throws IOException {
    Optional<TrainedClassifier> kept = Files.exists(file) ? readKept(file) : Optional.empty();
    String name = file.getFileName().toString();
    try (InputStream shipped = TrainedClassifier.class.getResourceAsStream(name)) {
      if (kept.isPresent() || shipped == null) {
        return kept;
      }
      AtomicFile.write(file, shipped::transferTo);
      return readKept(file);
    }
  }

  private static Optional<TrainedClassifier> readKept(Path file) {
    try {
      Safetensors content = Safetensors.read(file);
      Tensor stored = content.tensors().get(PARAMETERS);
      String accuracy = content.metadata().get(ACCURACY);
      // The checksum does not cover the names.
      if (content.tensors().keySet().equals(Set.of(PARAMETERS))
          && content.metadata().keySet().equals(Set.of(ACCURACY, CHECKSUM))
          && checksum(file, stored, accuracy).equals(content.metadata().get(CHECKSUM))) {
        Tensor copy = Tensor.of(stored.shape(), stored.toArray()); // independent of the file
        return Optional.of(new TrainedClassifier(copy, Double.parseDouble(accuracy)));
      }
      throw new IOException(file + " is damaged");
    } catch (IOException e) {
      LOG.log(Level.WARNING, e.getMessage() + "; training the classifier again");
      return Optional.empty();
    }
  }

  /** Creates or replaces a file. */
  void write(Path file) throws IOException {
    String number = Double.toString(accuracy);
    Map<String, String> facts =
        Map.of(ACCURACY, number, CHECKSUM, checksum(file, parameters, number));
    new Safetensors(Map.of(PARAMETERS, parameters), facts).write(file);
  }

  /** Includes the file's name, to detect a file that was renamed. */
  private static String checksum(Path file, Tensor parameters, String accuracy) {
    return new Hasher()
        .add(file.getFileName().toString())
        .add(accuracy)
        .add(parameters.toArray())
        .hex();
  }

  /** Returns the accuracy as text. */
  String percentage() {
    return String.format(Locale.ROOT, "%.1f %%", 100 * accuracy);
  }

  /**
   * Returns the features of this classifier. Stacked examples are split into single images: their
   * features are concatenated, and their class is the number whose digits, in base {@code classes},
   * are the classes of the images.
   *
   * @param shape shape of a single image
   * @param classes number of classes of the network
   * @param parts number of single images in an example
   */
  OpenFeatureExtractor features(DataShape shape, int classes, int parts) {
    return new OfParts(this, ClassifierNetwork.trained(shape, classes, parameters), classes, parts);
  }

  private record OfParts(
      TrainedClassifier trained, ClassifierNetwork network, int single, int parts)
      implements OpenFeatureExtractor {

    /** A multiple of 2 and 3, to hold whole examples of two or three images. */
    private static final int BATCH = 252;

    @Override
    public String description() {
      String text =
          "classifier of %d classes with %s test accuracy".formatted(single, trained.percentage());
      return parts == 1 ? text : text + " for each of %d channels".formatted(parts);
    }

    @Override
    public String fingerprint() {
      return new Hasher()
          .add("classifier")
          .add(ClassifierNetwork.VERSION)
          .add(network.shape().toString())
          .add(single)
          .add(parts)
          .add(trained.parameters().toArray())
          .hex();
    }

    @Override
    public int dimension() {
      return parts * ClassifierNetwork.SIZE;
    }

    @Override
    public int classes() {
      int classes = 1;
      for (int i = 0; i < parts; i++) {
        classes = Math.multiplyExact(classes, single);
      }
      return classes;
    }

    @Override
    public int maxBatch() {
      return Math.max(1, BATCH / parts);
    }

    @Override
    public void extract(float[] examples, int count, float[] features, float[] probabilities) {
      float[] each = new float[count * parts * single];
      network.apply(examples, count * parts, features, each);
      for (int i = 0; i < count; i++) {
        outer(each, i * parts * single, probabilities, i * classes());
      }
    }

    /** Computes the probabilities of all combinations of the parts' classes. */
    private void outer(float[] each, int from, float[] all, int to) {
      all[to] = 1;
      int combinations = 1;
      for (int part = 0; part < parts; part++) {
        for (int i = combinations - 1;
            i >= 0;
            i--) { // backwards, to read each value before it is overwritten
          for (int j = single - 1; j >= 0; j--) {
            all[to + i * single + j] = all[to + i] * each[from + part * single + j];
          }
        }
        combinations *= single;
      }
    }

    @Override
    public void close() {
      network.close();
    }
  }
}
