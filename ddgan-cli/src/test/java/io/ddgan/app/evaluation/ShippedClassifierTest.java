package io.ddgan.app.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ddgan.api.OpenDataset;
import io.ddgan.api.OpenFeatureExtractor;
import io.ddgan.eval.classifier.Classifier;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.data.FashionMnist;
import io.ddgan.train.data.Mnist;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The documented accuracy of the bundled classifiers. */
@Tag("slow")
class ShippedClassifierTest {

  private static final int BUNDLED = 10_000;

  /** The folder that presets use, relative to this module. */
  private static final Path DIGITS = Path.of("..", "data", "mnist");

  @TempDir private Path cache;

  /** Uses the bundled garments, or all if they are installed. */
  @Test
  void garmentClassifierHasTheDocumentedAccuracy() throws IOException {
    try (OpenDataset garments = new FashionMnist(Optional.empty(), 32).open()) {
      double expected = garments.size() == BUNDLED ? 0.897 : 0.904;
      assertEquals(expected, accuracyWithoutTraining(garments), 1e-3);
    }
  }

  @Test
  void digitClassifierHasTheDocumentedAccuracy() throws IOException {
    assumeTrue(Files.isDirectory(DIGITS), "digits do not come with ddgan");
    try (OpenDataset digits = new Mnist(DIGITS, 32).open()) {
      assertEquals(0.992, accuracyWithoutTraining(digits), 1e-3);
    }
  }

  private double accuracyWithoutTraining(OpenDataset examples) throws IOException {
    BooleanSupplier untrained = () -> true; // would end a training
    try (OpenFeatureExtractor classifier =
        new Classifier(2500, 0.5, 0)
            .open(
                examples.shape(),
                Optional.of(examples),
                cache,
                (what, done, all) -> {},
                untrained)) {
      return accuracy(classifier, examples);
    }
  }

  private static double accuracy(OpenFeatureExtractor classifier, OpenDataset examples)
      throws IOException {
    int[] order = IntStream.range(0, examples.size()).toArray();
    RandomStreams.shuffle(order, new RandomStreams(0).stream("classifier-split"));
    int heldOut = examples.size() / 6;
    int size = examples.shape().size();
    float[] images = new float[classifier.maxBatch() * size];
    float[] features = new float[classifier.maxBatch() * classifier.dimension()];
    float[] probabilities = new float[classifier.maxBatch() * classifier.classes()];
    int right = 0;
    for (int first = 0; first < heldOut; first += classifier.maxBatch()) {
      int count = Math.min(classifier.maxBatch(), heldOut - first);
      for (int i = 0; i < count; i++) {
        examples.read(order[first + i], images, i * size);
      }
      classifier.extract(images, count, features, probabilities);
      for (int i = 0; i < count; i++) {
        int label = examples.labels().orElseThrow().label(order[first + i]);
        right += likeliest(probabilities, i * classifier.classes(), classifier) == label ? 1 : 0;
      }
    }
    return right / (double) heldOut;
  }

  private static int likeliest(float[] probabilities, int from, OpenFeatureExtractor classifier) {
    int likeliest = 0;
    for (int label = 1; label < classifier.classes(); label++) {
      likeliest = probabilities[from + label] > probabilities[from + likeliest] ? label : likeliest;
    }
    return likeliest;
  }
}
