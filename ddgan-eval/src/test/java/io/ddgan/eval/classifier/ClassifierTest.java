package io.ddgan.eval.classifier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.DataShape;
import io.ddgan.api.Labels;
import io.ddgan.api.OpenDataset;
import io.ddgan.api.OpenFeatureExtractor;
import io.ddgan.api.ProgressListener;
import io.ddgan.contract.Warnings;
import io.ddgan.contract.crash.FolderHistory;
import io.ddgan.train.data.InMemoryExamples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;

@Tag("slow")
class ClassifierTest {

  private static final Shapes SHAPES = new Shapes(600, 1);

  /** Enough to learn the classes from. */
  private static final Shapes MANY = new Shapes(1800, 1);

  private static final Classifier CLASSIFIER = new Classifier(150, 0.5, 0);

  /** For what does not depend on how much is learnt. */
  private static final Classifier HASTY = new Classifier(2, 0, 0);

  @TempDir private static Path sharedCache;
  @TempDir private Path cache;

  @Test
  void learnsTheClassesOfTheData() throws IOException {
    try (OpenFeatureExtractor features = learnt(MANY)) {
      Shapes unseen = new Shapes(200, 2);
      Extracted extracted = extract(features, unseen, 200);
      int right = 0;
      for (int i = 0; i < unseen.size(); i++) {
        float[] each = extracted.probabilities(i);
        assertEquals(1, sum(each), 1e-5);
        right += likeliest(each) == i % Shapes.CLASSES ? 1 : 0;
      }
      assertTrue(right >= 190, right + " of 200 are classified correctly");
      assertEquals(128, features.dimension());
      assertEquals(4, features.classes());
      assertTrue(
          features
              .description()
              .matches("classifier of 4 classes with (9[0-9]|100)\\.[0-9] % test accuracy"),
          features.description());
    }
  }

  @Test
  void isTrainedByOneOfThoseThatNeedItAtOnce() {
    Variant data = new Variant(SHAPES, SHAPES.labels());
    List<CompletableFuture<Void>> both =
        Stream.generate(
                () ->
                    CompletableFuture.runAsync(() -> assertDoesNotThrow(() -> open(data).close())))
            .limit(2)
            .toList();
    both.forEach(CompletableFuture::join);
    assertEquals(2 * 600 + 2 * 64 + 100, data.reads().get(), "fingerprints, one training and test");
  }

  @Test
  void isTrainedOnceAndThenTakenFromTheCache() throws IOException {
    Variant data = new Variant(SHAPES, SHAPES.labels());
    try (OpenFeatureExtractor first = open(data)) {
      assertEquals(600 + 2 * 64 + 100, data.reads().get(), "fingerprint, training, test");
      data.reads().set(0);
      try (OpenFeatureExtractor second = open(data)) {
        assertEquals(SHAPES.size(), data.reads().get(), "read only for their fingerprint");
        assertEquals(first.fingerprint(), second.fingerprint());
        assertEquals(first.description(), second.description());
        assertSame(extract(first, SHAPES, 50), extract(second, SHAPES, 50));
      }
    }
  }

  @Test
  void theSameSeedAndDataGiveTheSameClassifier() throws IOException {
    try (OpenFeatureExtractor one =
            HASTY.open(SHAPES.shape(), Optional.of(SHAPES), cache.resolve("1"));
        OpenFeatureExtractor same =
            HASTY.open(SHAPES.shape(), Optional.of(SHAPES), cache.resolve("2"));
        OpenFeatureExtractor otherSeed = open(new Classifier(2, 0, 1), SHAPES);
        OpenFeatureExtractor longer = open(new Classifier(3, 0, 0), SHAPES);
        OpenFeatureExtractor otherData = open(new Shapes(600, 3))) {
      assertEquals(one.fingerprint(), same.fingerprint());
      assertNotEquals(one.fingerprint(), otherSeed.fingerprint());
      assertNotEquals(one.fingerprint(), longer.fingerprint());
      assertNotEquals(one.fingerprint(), otherData.fingerprint());
    }
    assertEquals(3, files(cache).size(), "one file for each classifier");
  }

  @Test
  void mirroredImagesMakeAnotherClassifier() throws IOException {
    open(HASTY, SHAPES).close();
    open(HASTY, new Variant(SHAPES, SHAPES.labels(), new AtomicInteger(), true)).close();
    assertEquals(2, files(cache).size());
  }

  @Test
  void trainingThatWasEndedLeavesNothingThatIsTakenForAClassifier() throws IOException {
    AtomicInteger steps = new AtomicInteger();
    ProgressListener listener = (what, done, total) -> steps.set(done);
    assertThrows(
        CancellationException.class,
        () ->
            HASTY.open(
                SHAPES.shape(), Optional.of(SHAPES), cache, listener, () -> steps.get() == 1));
    assertEquals(List.of(), files(cache));
  }

  @Test
  void whereverItsTrainingIsKilledTheNextOneGivesTheSameBits(@TempDir Path others)
      throws Exception {
    FolderHistory moments = new FolderHistory(cache);
    OpenFeatureExtractor whole = HASTY.open(SHAPES.shape(), Optional.of(SHAPES), moments.watched());
    whole.close();
    int number =
        moments.check(
            others,
            killed -> {
              OpenFeatureExtractor next = HASTY.open(SHAPES.shape(), Optional.of(SHAPES), killed);
              next.close();
              assertEquals(whole.fingerprint(), next.fingerprint());
              assertEquals(1, files(killed).size());
            });
    assertTrue(number >= 4, "all that was watched: " + number);
  }

  @Test
  void aFileThatIsNotIntactIsReplacedByANewTraining() throws IOException {
    OpenFeatureExtractor first = open(SHAPES);
    first.close();
    Path file = files(cache).get(0);
    byte[] intact = Files.readAllBytes(file);
    byte[] weight = intact.clone();
    weight[intact.length - 100] ^= 1;
    byte[] accuracy =
        new String(intact, StandardCharsets.ISO_8859_1)
            .replace("test-accuracy\":\"0", "test-accuracy\":\"x")
            .getBytes(StandardCharsets.ISO_8859_1);
    assertFalse(Arrays.equals(intact, accuracy));
    for (byte[] bytes : List.of(weight, accuracy, Arrays.copyOf(intact, 1000), new byte[0])) {
      Files.write(file, bytes);
      List<String> warnings = Warnings.of(() -> assertSameFunction(first));
      assertEquals(1, warnings.size());
      assertTrue(warnings.get(0).startsWith(file.toString()), warnings.get(0));
      assertArrayEquals(intact, Files.readAllBytes(file));
    }
    assertEquals(List.of(), Warnings.of(() -> assertSameFunction(first)));
  }

  @Test
  void aFileInThePlaceOfAnotherIsReplaced() throws IOException {
    OpenFeatureExtractor first = open(SHAPES);
    first.close();
    Path file = files(cache).get(0);
    open(new Shapes(300, 1)).close();
    Path other = files(cache).stream().filter(path -> !path.equals(file)).findAny().orElseThrow();
    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
    assertEquals(1, Warnings.of(() -> assertSameFunction(first)).size());
  }

  @Test
  void isAppliedToEveryChannelOfStackedExamples() throws IOException {
    StackedShapes stacked = new StackedShapes(MANY);
    try (OpenFeatureExtractor single = learnt(MANY);
        OpenFeatureExtractor both = learnt(stacked)) {
      assertEquals(1, files(sharedCache).size(), "the classifier of the single shapes serves both");
      assertEquals(256, both.dimension());
      assertEquals(16, both.classes());
      assertTrue(both.description().endsWith(" for each of 2 channels"), both.description());
      assertNotEquals(single.fingerprint(), both.fingerprint());
      Extracted pairs = extract(both, stacked, 20);
      Extracted shapes = extract(single, MANY, MANY.size());
      int right = 0;
      for (int i = 0; i < 20; i++) {
        int other = stacked.second(i);
        float[] features = Arrays.copyOf(shapes.features(i), 256);
        System.arraycopy(shapes.features(other), 0, features, 128, 128);
        assertArrayEquals(features, pairs.features(i), 1e-5f);
        float[] probabilities = pairs.probabilities(i);
        for (int c = 0; c < 16; c++) {
          float product = shapes.probabilities(i)[c / 4] * shapes.probabilities(other)[c % 4];
          assertEquals(product, probabilities[c], 1e-6f);
        }
        right += likeliest(probabilities) == stacked.labels().orElseThrow().label(i) ? 1 : 0;
      }
      assertTrue(right > 15, right + " of 20 pairs are classified correctly");
    }
  }

  @Test
  void valuesThatAreNotFiniteGiveFeaturesThatAreNot() throws IOException {
    try (OpenFeatureExtractor features = open(SHAPES)) {
      float[] examples = new float[2 * SHAPES.shape().size()];
      examples[5] = Float.NaN;
      float[] out = new float[2 * features.dimension()];
      float[] probabilities = new float[2 * features.classes()];
      features.extract(examples, 2, out, probabilities);
      assertTrue(Float.isNaN(out[0]) && Float.isNaN(probabilities[0]));
      assertTrue(Float.isFinite(out[128]) && Float.isFinite(probabilities[4]));
    }
  }

  @Test
  void refusesWhatItCannotLearnFrom() {
    DataShape shape = SHAPES.shape();
    Labels labels = SHAPES.labels().orElseThrow();
    assertRefused("compare with a data set", shape, null);
    assertRefused("needs labelled images", shape, new Variant(SHAPES, Optional.empty()));
    assertRefused(
        "needs images, not shape 2",
        DataShape.point(2),
        new Variant(
            new InMemoryExamples(DataShape.point(2), new float[200], Optional.empty()),
            Optional.of(labels)));
    assertRefused("2 classes and 6 images; got 4 and 5", shape, new Shapes(5, 1));
    Labels one = new Labels(1, index -> 0);
    assertRefused("images; got 1 and 600", shape, new Variant(SHAPES, Optional.of(one)));
    assertRefused("cannot classify shape 1x16x16", DataShape.image(1, 16, 16), SHAPES);
  }

  @Test
  void aClassifierThatLearntTooLittleIsRefusedUntilLessIsAskedFor() throws IOException {
    Variant data = new Variant(SHAPES, SHAPES.labels());
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> open(new Classifier(2, 0.995, 0), data));
    assertTrue(
        e.getMessage()
            .matches(
                ".* [0-9.]+ % test accuracy, below evaluation.features.min-accuracy \\(99.5 %\\);.*"
                    + " evaluation.features.steps \\(now 2\\).*"),
        e.getMessage());
    data.reads().set(0);
    open(HASTY, data).close();
    assertEquals(SHAPES.size(), data.reads().get(), "it is not trained again");
  }

  @Test
  void repeatedExtractionAndClosingLeakNothing() throws IOException {
    open(SHAPES).close();
    long before = allocated();
    for (int i = 0; i < 3; i++) {
      try (OpenFeatureExtractor features = open(SHAPES)) {
        for (int j = 0; j < 20; j++) {
          extract(features, SHAPES, 200);
        }
      }
    }
    long grown = allocated() - before;
    assertTrue(grown < 1 << 20, grown + " bytes are left");
  }

  private static long allocated() {
    return Nd4j.getEnvironment().getDeviceCouner(0);
  }

  private void assertSameFunction(OpenFeatureExtractor expected) throws IOException {
    try (OpenFeatureExtractor again = open(SHAPES)) {
      assertEquals(expected.fingerprint(), again.fingerprint());
    }
  }

  private void assertRefused(String why, DataShape shape, OpenDataset data) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> CLASSIFIER.open(shape, Optional.ofNullable(data), cache));
    assertTrue(e.getMessage().contains(why), e.getMessage());
  }

  private static OpenFeatureExtractor learnt(OpenDataset data) throws IOException {
    return CLASSIFIER.open(data.shape(), Optional.of(data), sharedCache);
  }

  private OpenFeatureExtractor open(OpenDataset data) throws IOException {
    return open(HASTY, data);
  }

  private OpenFeatureExtractor open(Classifier classifier, OpenDataset data) throws IOException {
    return classifier.open(data.shape(), Optional.of(data), cache);
  }

  /** All but locks, and temporary files of processes that were killed, which stay. */
  private static List<Path> files(Path cache) throws IOException {
    try (Stream<Path> files = Files.list(cache.resolve("classifiers"))) {
      return files.filter(file -> file.toString().endsWith(".safetensors")).toList();
    }
  }

  private record Extracted(List<float[]> all, List<float[]> likely) {

    float[] features(int index) {
      return all.get(index);
    }

    float[] probabilities(int index) {
      return likely.get(index);
    }
  }

  private static Extracted extract(OpenFeatureExtractor extractor, OpenDataset examples, int count)
      throws IOException {
    Extracted extracted = new Extracted(new ArrayList<>(), new ArrayList<>());
    for (int first = 0; first < count; first += extractor.maxBatch()) {
      int now = Math.min(extractor.maxBatch(), count - first);
      float[] batch = new float[now * examples.shape().size()];
      for (int i = 0; i < now; i++) {
        examples.read(first + i, batch, i * examples.shape().size());
      }
      float[] features = new float[now * extractor.dimension()];
      float[] probabilities = new float[now * extractor.classes()];
      extractor.extract(batch, now, features, probabilities);
      extracted.all.addAll(rows(features, now));
      extracted.likely.addAll(rows(probabilities, now));
    }
    return extracted;
  }

  private static List<float[]> rows(float[] matrix, int count) {
    int size = matrix.length / count;
    return IntStream.range(0, count)
        .mapToObj(i -> Arrays.copyOfRange(matrix, i * size, (i + 1) * size))
        .toList();
  }

  private static void assertSame(Extracted expected, Extracted actual) {
    for (int i = 0; i < expected.all.size(); i++) {
      assertArrayEquals(expected.features(i), actual.features(i));
      assertArrayEquals(expected.probabilities(i), actual.probabilities(i));
    }
  }

  private static float sum(float[] values) {
    float sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }

  private static int likeliest(float[] probabilities) {
    int likeliest = 0;
    for (int i = 1; i < probabilities.length; i++) {
      likeliest = probabilities[i] > probabilities[likeliest] ? i : likeliest;
    }
    return likeliest;
  }
}
