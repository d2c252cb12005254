package io.ddgan.cli.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ddgan.api.Examples;
import io.ddgan.api.Features;
import io.ddgan.eval.classifier.Classifier;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.data.FashionMnist;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ShippedClassifierTest {

  private static final int BUNDLED = 10_000;

  /** What docs/evaluation.md says. */
  private static final double ACCURACY = 0.897;

  @TempDir private Path cache;

  @Test
  void thatOfTheBundledGarmentsIsReadyAndNamesHeldOutOnesAsOftenAsItsPageSays() throws IOException {
    try (Examples garments = new FashionMnist(Optional.empty(), 32).open()) {
      assumeTrue(garments.size() == BUNDLED, "the larger set of garments is installed here");
      try (Features classifier = withoutTraining(garments)) {
        assertEquals(ACCURACY, accuracy(classifier, garments), 1e-3);
      }
    }
  }

  private Features withoutTraining(Examples garments) throws IOException {
    return new Classifier(2500, 0.5, 0)
        .open(
            garments.shape(),
            Optional.of(garments),
            cache,
            (what, done, total) -> {},
            () -> true); // which would end a training
  }

  private static double accuracy(Features classifier, Examples garments) throws IOException {
    int[] order = IntStream.range(0, garments.size()).toArray();
    RandomStreams.shuffle(order, new RandomStreams(0).stream("classifier-split"));
    int heldOut = garments.size() / 6;
    float[] image = new float[classifier.batch() * garments.shape().size()];
    float[] features = new float[classifier.batch() * classifier.size()];
    float[] probabilities = new float[classifier.batch() * classifier.classes()];
    int right = 0;
    for (int i = 0; i < heldOut; i++) {
      garments.read(order[i], image, 0);
      classifier.extract(image, 1, features, probabilities);
      int likeliest = 0;
      for (int label = 1; label < classifier.classes(); label++) {
        likeliest = probabilities[label] > probabilities[likeliest] ? label : likeliest;
      }
      right += garments.labels().orElseThrow().label(order[i]) == likeliest ? 1 : 0;
    }
    return right / (double) heldOut;
  }
}
