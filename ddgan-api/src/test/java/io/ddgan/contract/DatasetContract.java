package io.ddgan.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.Dataset;
import io.ddgan.api.Labels;
import io.ddgan.api.OpenDataset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the contract of data sets. Extend it to test small ones of a plug-in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class DatasetContract {

  private static final int MOST = 200;

  /** Returns the data sets to test. */
  protected abstract Stream<? extends Dataset> datasets();

  @ParameterizedTest
  @MethodSource("datasets")
  void hasFiniteExamplesOfTheConfiguredShape(Dataset dataset) throws IOException {
    try (OpenDataset examples = dataset.open()) {
      assertTrue(examples.size() >= 1);
      boolean isImage = examples.shape().isImage();
      for (int index = 0; index < some(examples); index++) {
        for (float value : read(examples, index)) {
          assertTrue(Float.isFinite(value) && (!isImage || Math.abs(value) <= 1), "is " + value);
        }
      }
      dataset.shape().ifPresent(shape -> assertEquals(shape, examples.shape()));
      if (dataset.classes() > 0) {
        assertEquals(dataset.classes(), examples.labels().orElseThrow().classes());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("datasets")
  void writesAnExampleOnlyToItsPlace(Dataset dataset) throws IOException {
    try (OpenDataset examples = dataset.open()) {
      int size = examples.shape().size();
      float[] out = new float[size + 2];
      Arrays.fill(out, 7);
      examples.read(0, out, 1);
      assertArrayEquals(read(examples, 0), Arrays.copyOfRange(out, 1, size + 1));
      assertEquals(7, out[0]);
      assertEquals(7, out[size + 1]);
    }
  }

  @ParameterizedTest
  @MethodSource("datasets")
  void examplesDependOnlyOnTheirIndexInManyThreads(Dataset dataset) throws IOException {
    try (OpenDataset once = dataset.open();
        OpenDataset again = dataset.open()) {
      assertEquals(once.size(), again.size());
      float[][] parallel =
          IntStream.range(0, some(once))
              .parallel()
              .mapToObj(i -> read(once, i))
              .toArray(float[][]::new);
      for (int index = parallel.length - 1; index >= 0; index--) {
        assertArrayEquals(parallel[index], read(again, index), "example " + index);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("datasets")
  void classesAndFingerprintAreValidAndStable(Dataset dataset) throws IOException {
    try (OpenDataset once = dataset.open();
        OpenDataset again = dataset.open()) {
      assertTrue(once.fingerprint().matches("[0-9a-f]{64}"), once.fingerprint());
      assertEquals(once.fingerprint(), again.fingerprint());
      assertEquals(once.labels().isPresent(), again.labels().isPresent());
      if (once.labels().isPresent()) {
        Labels labels = once.labels().get();
        labels.names().ifPresent(names -> assertEquals(labels.classes(), names.size()));
        for (int index = 0; index < once.size(); index++) {
          int label = labels.label(index);
          assertTrue(label >= 0 && label < labels.classes(), "class " + label);
          assertEquals(label, again.labels().orElseThrow().label(index));
        }
      }
    }
  }

  private static int some(OpenDataset examples) {
    return Math.min(MOST, examples.size());
  }

  private static float[] read(OpenDataset examples, int index) {
    float[] example = new float[examples.shape().size()];
    try {
      examples.read(index, example, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return example;
  }
}
