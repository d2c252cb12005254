package io.ddgan.eval.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ddgan.api.Labels;
import io.ddgan.api.Metric.Need;
import io.ddgan.api.RefusedException;
import io.ddgan.api.Vectors;
import io.ddgan.contract.FixedMetricInput;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClassAccuracyTest {

  private static final double[] SURE = {1, 0, 0, 0.2, 0.5, 0.3, 0.1, 0.2, 0.7, 0.4, 0.3, 0.3};

  private final ClassAccuracy metric = new ClassAccuracy(4);

  @Test
  void itIsTheShareWhoseMostProbableClassWasAskedFor() throws IOException {
    assertEquals(1, agreement(3, 0, 1, 2, 0));
    assertEquals(0.5, agreement(3, 0, 1, 1, 1));
    assertEquals(0, agreement(3, 1, 2, 0, 2));
  }

  @Test
  void aClassifierOfOtherClassesIsRefused() {
    assertEquals(
        "the features have 3 classes, but the data have 4; use features of these data",
        assertThrows(RefusedException.class, () -> agreement(4, 0, 1, 2, 3)).getMessage());
  }

  @Test
  void dataWithoutClassesAreRefused() {
    assertEquals(
        "class-accuracy needs data with classes, such as fashion-mnist, or image-folder with labels = folders",
        assertThrows(RefusedException.class, () -> metric.needs(Optional.of(KnownExamples.plain())))
            .getMessage());
    assertThrows(RefusedException.class, () -> metric.needs(Optional.empty()));
  }

  private double agreement(int classes, int... asked) throws IOException {
    return metric
        .evaluate(
            FixedMetricInput.none()
                .with(Need.PROBABILITIES, Vectors.of(SURE, 3))
                .with(Need.REQUESTED_CLASSES, new Labels(classes, i -> asked[i])))
        .get("class-accuracy");
  }
}
