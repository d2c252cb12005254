package io.ddgan.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.DataShape;
import io.ddgan.api.FeatureExtractor;
import io.ddgan.api.Hasher;
import io.ddgan.api.Labels;
import io.ddgan.api.Metric;
import io.ddgan.api.MetricInput;
import io.ddgan.api.Moments;
import io.ddgan.api.OpenDataset;
import io.ddgan.api.OpenFeatureExtractor;
import io.ddgan.api.ProgressListener;
import io.ddgan.api.RefusedException;
import io.ddgan.api.Vectors;
import io.ddgan.eval.Evaluator.Recorder;
import io.ddgan.eval.records.EvaluationRecord;
import io.ddgan.eval.records.EvaluationRecord.Comparison;
import io.ddgan.eval.records.EvaluationRecord.Machine;
import io.ddgan.eval.records.EvaluationRecord.Subject;
import io.ddgan.train.data.InMemoryExamples;
import io.ddgan.train.data.Readers;
import io.ddgan.train.experiment.EvaluationSettings;
import io.ddgan.train.sampling.EvaluatedExamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class EvaluatorTest {

  private static final DataShape IMAGE = DataShape.image(1, 2, 2);
  private static final int CLASSES = 3;
  private static final Subject EXAMPLES =
      new Subject(Optional.empty(), "examples", "", Optional.empty(), /* seed= */ 0);

  @TempDir Path cache;

  private final AtomicInteger extracted = new AtomicInteger();
  private final List<String> announced = new ArrayList<>();
  private final List<Comparison> compared = new ArrayList<>();
  private Readers readers;

  @BeforeEach
  void startReaders() {
    readers = Readers.start();
  }

  @AfterEach
  void stopReaders() {
    readers.close();
  }

  @Test
  void everyMetricSeesAsManyExamplesAsItWantsOfTheSameOnes() throws IOException {
    Map<String, Double> results =
        evaluate(List.of(new Means("few", 100), new Means("all", 1000)), Optional.empty());
    assertEquals(100, results.get("few-count"));
    assertEquals(150, results.get("all-count"), "there are no more");
    assertEquals(mean(generated(), 100), results.get("few-generated"), 1e-6);
    assertEquals(mean(generated(), 150), results.get("all-generated"), 1e-6);
  }

  @Test
  void aNumberOfSamplesOfOnesOwnIsWhatEveryMetricSees() throws IOException {
    Map<String, Double> results =
        evaluate(List.of(new Means("few", 100), new Means("all", 1000)), Optional.of(37));
    assertEquals(37, results.get("few-count"));
    assertEquals(37, results.get("all-count"));
    assertRefused(
        "only 150 examples are available, not 151; lower --samples",
        () -> evaluate(List.of(new Means("few", 100)), Optional.of(151)));
  }

  @Test
  void realStatisticsAreThoseOfTheWholeDataSet() throws IOException {
    Map<String, Double> results = evaluate(List.of(new Means("few", 10)), Optional.empty());
    assertEquals(mean(real(), 333), results.get("few-real"), 1e-6);
    assertEquals(10, results.get("few-real-count"));
  }

  @Test
  void theFloorIsThatOfSomeRealExamplesAndAllOthers() throws IOException {
    Map<String, Double> results = floor(List.of(new Means("few", 100)));
    assertEquals(333, extracted.get(), "each once");
    assertEquals(100, results.get("few-count"));
    assertEquals(mean(order(), 233, 333), results.get("few-generated"), 1e-6);
    assertEquals(mean(order(), 0, 233), results.get("few-real"), 1e-6);
  }

  @Test
  void theFloorOfAMetricDoesNotDependOnWhatElseIsMeasured() throws IOException {
    Map<String, Double> alone = floor(List.of(new Means("few", 100)));
    Map<String, Double> both = floor(List.of(new Means("few", 100), new Means("more", 150)));
    alone.forEach((name, value) -> assertEquals(value, both.get(name), name));
    assertEquals(mean(order(), 0, 183), both.get("more-real"), 1e-6);
  }

  @Test
  void theFloorTakesNoMoreFeaturesThanItsMetricsLookAt() throws IOException {
    Map<String, Double> results = floor(List.of(new Firsts(20)));
    assertEquals(20 + 20, extracted.get());
    assertEquals(mean(order(), 332, 333), results.get("first-generated"), 1e-6);
    assertEquals(mean(order(), 0, 1), results.get("first-real"), 1e-6);
  }

  @Test
  void theFloorIsOfRealExamplesAlsoWhereGeneratedOnesHaveAnotherShape() throws IOException {
    DataShape wide = DataShape.image(1, 2, 4);
    float[] values = new float[150 * wide.size()];
    Map<String, Double> results =
        floor(new InMemoryExamples(wide, values, Optional.empty()), List.of(new Firsts(20)));
    assertEquals(mean(order(), 332, 333), results.get("first-generated"), 1e-6);
  }

  private Map<String, Double> floor(List<Metric> metrics) throws IOException {
    return floor(generated(), metrics);
  }

  private Map<String, Double> floor(OpenDataset generated, List<Metric> metrics)
      throws IOException {
    Map<String, Double> results = new LinkedHashMap<>();
    try (Evaluator evaluator =
        evaluator(
            ReferenceData.of("real", real()),
            settings(metrics, Optional.empty()),
            true,
            r -> results.put(r.measure().name(), r.value()),
            () -> false)) {
      assertTrue(evaluator.prepare(ReferenceData.of("generated", generated).given(readers)));
      assertTrue(evaluator.evaluateRealBaseline(0));
    }
    return results;
  }

  private static int[] order() {
    return ReferenceData.of("real", real()).order();
  }

  private static double mean(int[] order, int from, int to) {
    return mean(real(), IntStream.range(from, to).map(i -> order[i]));
  }

  @Test
  void theFeaturesOfRealExamplesAreExtractedOnce() throws IOException {
    evaluate(List.of(new Means("few", 10)), Optional.empty());
    assertEquals(333 + 10, extracted.getAndSet(0));
    evaluate(List.of(new Means("few", 100)), Optional.empty());
    assertEquals(100, extracted.get());
  }

  @Test
  void aDamagedFileOfRealExamplesIsMadeAgain() throws IOException {
    Map<String, Double> before = evaluate(List.of(new Means("few", 10)), Optional.empty());
    try (Stream<Path> files = Files.list(cache.resolve("features"))) {
      Path file = files.findFirst().orElseThrow();
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 8;
      Files.write(file, bytes);
    }
    extracted.set(0);
    assertEquals(before, evaluate(List.of(new Means("few", 10)), Optional.empty()));
    assertEquals(333 + 10, extracted.get());
  }

  @Test
  void aStoppedExtractionKeepsTheRealExamplesThatItHasDone() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    List<Metric> metrics = List.of(new Means("few", 10));
    BooleanSupplier afterTwo = () -> asked.getAndIncrement() == 2;
    assertEquals(Optional.empty(), evaluate(generated(), metrics, Optional.empty(), afterTwo));
    assertEquals(128, extracted.get());
    evaluate(metrics, Optional.empty());
    assertEquals(333 + 10, extracted.get());
  }

  @Test
  void whatIsMeasuredBeforeAStopOrAFailureIsTold() throws IOException {
    Metric failing =
        new Means("failing", 10) {
          @Override
          public Map<String, Double> evaluate(MetricInput input) {
            throw new RefusedException("impossible");
          }
        };
    List<Metric> metrics = List.of(new Means("few", 10), failing);
    assertThrows(RefusedException.class, () -> evaluate(metrics, Optional.empty()));
    assertEquals(1, compared.size());
    assertEquals(
        Optional.empty(),
        evaluate(generated(), metrics, Optional.empty(), () -> compared.size() > 1));
    assertEquals(2, compared.size());
  }

  @Test
  void examplesAndFeaturesThatAreNotFiniteAreRefused() {
    float[] bad = {0, 0, 0, 0, 0, Float.NaN, 0, 0};
    InMemoryExamples examples = new InMemoryExamples(IMAGE, bad, Optional.empty());
    List<Metric> metrics = List.of(new Means("few", 2));
    assertRefused(
        "generated example 1 has a feature that is not finite: NaN; use an earlier checkpoint",
        () -> evaluate(examples, metrics, Optional.empty(), () -> false));
  }

  @Test
  void fewerSamplesThanFeaturesAreCautionedOf() throws IOException {
    evaluate(List.of(new Means("enough", 2)), Optional.empty());
    assertEquals(List.of(), announced);
    evaluate(List.of(new Means("few", 1)), Optional.empty());
    assertEquals(1, announced.size());
    assertTrue(announced.get(0).contains("few-count is biased upwards with only 1 samples for 2"));
    Optional<Map<String, Double>> unused =
        evaluate(floor(), labelled(), List.of(new ByClass(5)), () -> false);
    assertEquals(2, announced.size());
    assertTrue(announced.get(1).contains("with only 1 samples per class"));
  }

  @Test
  void imagesAreRoundedToTheLevelsThatTheyHaveInAFile() throws IOException {
    float[] almost = {0.4999f, -2, 2, -1, 0.5001f, -1.01f, 1.01f, -1};
    InMemoryExamples rough = new InMemoryExamples(IMAGE, almost, Optional.empty());
    Map<String, Double> results =
        evaluate(rough, List.of(new Means("few", 2)), Optional.empty(), () -> false).orElseThrow();
    double level = Math.round(1.5 * 127.5) / 127.5 - 1;
    assertEquals((2 * level - 2 + 2 - 2) / 8, results.get("few-generated"), 1e-6);
  }

  @Test
  void aMetricThatLooksAtWhatItDidNotAskForIsToldSo() {
    Metric greedy =
        new Means("greedy", 10) {
          @Override
          public Set<Need> needs(Optional<OpenDataset> real) {
            return Set.of(Need.FEATURES);
          }
        };
    String message =
        assertThrows(IllegalStateException.class, () -> evaluate(List.of(greedy), Optional.empty()))
            .getMessage();
    assertTrue(message.contains("uses REAL"), message);
  }

  @Test
  void theFeaturesOfAClassAreThoseOfItsExamples() throws IOException {
    Map<String, Double> results =
        evaluate(floor(), labelled(), List.of(new ByClass()), () -> false).orElseThrow();
    for (int label = 0; label < CLASSES; label++) {
      IntStream ofClass = IntStream.iterate(label, i -> i < real().size(), i -> i + CLASSES);
      assertEquals(mean(real(), ofClass), results.get("class-%d".formatted(label)), 1e-6);
    }
    assertEquals(1, results.get("asked"), "as real ones are what is asked for");
  }

  @Test
  void aMetricOfClassesIsNotMeasuredOnExamplesOfWhichNoneWereAskedFor() {
    EvaluatedExamples given = ReferenceData.of("generated", generated()).given(readers);
    assertRefused(
        "class-0 needs a class-conditional run; train one with generator.class-conditional = true and discriminator.class-conditional = true",
        () -> evaluate(given, labelled(), List.of(new ByClass()), () -> false));
  }

  @Test
  void classesOfOtherDataAreNotCompared() {
    ReferenceData other = ReferenceData.of("other", withClasses(5));
    assertRefused(
        "class-0 compares classes, but the run has 3 and other has 5; compare with the data that the run was trained on",
        () -> evaluate(floor(), other, List.of(new ByClass()), () -> false));
  }

  private static void assertRefused(String message, Executable work) {
    assertEquals(message, assertThrows(RefusedException.class, work).getMessage());
  }

  private EvaluatedExamples floor() {
    return labelled().others(readers);
  }

  private static ReferenceData labelled() {
    return ReferenceData.of("real", withClasses(CLASSES));
  }

  private static OpenDataset withClasses(int classes) {
    return new WithClasses(real(), new Labels(classes, i -> i % classes));
  }

  @Test
  void onlyWhatAMetricSeesIsSaidToBeWhatItWasMeasuredWith() throws IOException {
    Metric alone =
        new Means("alone", 10) {
          @Override
          public Set<Need> needs(Optional<OpenDataset> real) {
            return Set.of(Need.VALUES);
          }

          @Override
          public Map<String, Double> evaluate(MetricInput input) {
            return Map.of("alone-count", 1.0);
          }
        };
    evaluate(List.of(alone, new Means("few", 10)), Optional.empty());
    assertEquals(new Comparison("", "", "", ""), compared.get(0));
    assertEquals("means", compared.get(1).features());
    assertEquals("real", compared.get(1).reference());
    assertEquals(64, compared.get(1).referenceHash().length());
  }

  @Test
  void tooFewExamplesAreNoticedBeforeAnyIsExtracted() {
    Metric demanding =
        new Means("demanding", 10) {
          @Override
          public int minSamples() {
            return 20;
          }
        };
    assertRefused(
        "demanding-count needs at least 20 generated examples; got 10",
        () -> evaluate(List.of(demanding), Optional.empty()));
    assertEquals(0, extracted.get());
  }

  private Map<String, Double> evaluate(List<Metric> metrics, Optional<Integer> samples)
      throws IOException {
    return evaluate(generated(), metrics, samples, () -> false).orElseThrow();
  }

  private Optional<Map<String, Double>> evaluate(
      OpenDataset generated, List<Metric> metrics, Optional<Integer> samples, BooleanSupplier stop)
      throws IOException {
    return evaluate(
        ReferenceData.of("generated", generated).given(readers),
        ReferenceData.of("real", real()),
        metrics,
        samples,
        stop);
  }

  private Optional<Map<String, Double>> evaluate(
      EvaluatedExamples examples,
      ReferenceData reference,
      List<Metric> metrics,
      BooleanSupplier stop)
      throws IOException {
    return evaluate(examples, reference, metrics, Optional.empty(), stop);
  }

  private Optional<Map<String, Double>> evaluate(
      EvaluatedExamples examples,
      ReferenceData reference,
      List<Metric> metrics,
      Optional<Integer> samples,
      BooleanSupplier stop)
      throws IOException {
    Map<String, Double> values = new LinkedHashMap<>();
    Set<String> metricsSeen = new HashSet<>();
    try (Evaluator evaluator =
        evaluator(
            reference,
            settings(metrics, samples),
            false,
            r -> {
              values.put(r.measure().name(), r.value());
              if (metricsSeen.add(r.settings())) {
                compared.add(r.comparison());
              }
            },
            stop)) {
      return evaluator.evaluate(EXAMPLES, examples) ? Optional.of(values) : Optional.empty();
    }
  }

  private Evaluator evaluator(
      ReferenceData reference,
      EvaluationSettings settings,
      boolean withFloor,
      Consumer<EvaluationRecord> found,
      BooleanSupplier stop) {
    Evaluator.Context context =
        new Evaluator.Context(
            cache,
            readers,
            metric -> metric.measures().get(0).name(),
            new Machine("a machine", 2),
            new Announcements(),
            stop);
    Recorder recorder = new Recorder(Optional.empty(), false, found);
    return new Evaluator(settings, reference, withFloor, Optional.empty(), recorder, context);
  }

  private EvaluationSettings settings(List<Metric> metrics, Optional<Integer> samples) {
    return new EvaluationSettings(
        0, metrics, samples, new MeanAndHundred(extracted), Optional.empty());
  }

  private static InMemoryExamples generated() {
    return images(150, 7);
  }

  private static InMemoryExamples real() {
    return images(333, 11);
  }

  /** Images of levels that a file can hold. */
  private static InMemoryExamples images(int count, int factor) {
    float[] values = new float[count * IMAGE.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = factor * i % 256 / 127.5f - 1;
    }
    return new InMemoryExamples(IMAGE, values, Optional.empty());
  }

  private static double mean(InMemoryExamples examples, int count) {
    return mean(examples, IntStream.range(0, count));
  }

  private static double mean(InMemoryExamples examples, IntStream which) {
    float[] example = new float[IMAGE.size()];
    return which
        .peek(i -> examples.read(i, example, 0))
        .flatMap(i -> IntStream.range(0, example.length))
        .mapToDouble(i -> example[i])
        .average()
        .orElseThrow();
  }

  private final class Announcements implements ProgressListener {

    @Override
    public void onProgress(String what, int done, int total) {}

    @Override
    public void onMessage(String sentence) {
      announced.add(sentence);
    }
  }

  /** The mean over the first feature of generated and of real examples. */
  private static class Means implements Metric {

    private final String name;
    private final int samples;

    Means(String name, int samples) {
      this.name = name;
      this.samples = samples;
    }

    @Override
    public int samples() {
      return samples;
    }

    @Override
    public List<Measure> measures() {
      return Stream.of("-count", "-generated", "-real-count", "-real")
          .map(suffix -> new Measure(name + suffix, Better.NEITHER))
          .toList();
    }

    @Override
    public Set<Need> needs(Optional<OpenDataset> real) {
      return Set.of(Need.FEATURES, Need.REAL_FEATURES, Need.REAL_MOMENTS);
    }

    @Override
    public Map<String, Double> evaluate(MetricInput input) throws IOException {
      Vectors features = input.generatedFeatures();
      double[] values = new double[features.count() * features.size()];
      features.read(0, features.count(), values);
      return Map.of(
          name + "-count",
          (double) features.count(),
          name + "-generated",
          Arrays.stream(values).filter(v -> v < 10).sum() / features.count(),
          name + "-real-count",
          (double) input.realFeatures().count(),
          name + "-real",
          input.realMoments().mean()[0]);
    }
  }

  /** The first feature of the first examples. */
  private record Firsts(int samples) implements Metric {

    @Override
    public List<Measure> measures() {
      return Stream.of("first-generated", "first-real")
          .map(name -> new Measure(name, Better.NEITHER))
          .toList();
    }

    @Override
    public Set<Need> needs(Optional<OpenDataset> real) {
      return Set.of(Need.FEATURES, Need.REAL_FEATURES);
    }

    @Override
    public Map<String, Double> evaluate(MetricInput input) throws IOException {
      return Map.of(
          "first-generated",
          first(input.generatedFeatures()),
          "first-real",
          first(input.realFeatures()));
    }

    private static double first(Vectors features) throws IOException {
      double[] one = new double[features.size()];
      features.read(0, 1, one);
      return one[0];
    }
  }

  /**
   * The mean of the first feature of real examples of each class, and whether all are asked for.
   */
  private record ByClass(int samples) implements Metric {

    ByClass() {
      this(30);
    }

    @Override
    public List<Measure> measures() {
      return Stream.of("class-0", "class-1", "class-2", "asked")
          .map(name -> new Measure(name, Better.NEITHER))
          .toList();
    }

    @Override
    public Set<Need> needs(Optional<OpenDataset> real) {
      return Set.of(Need.FEATURES, Need.REQUESTED_CLASSES, Need.REAL_FEATURES_BY_CLASS);
    }

    @Override
    public Map<String, Double> evaluate(MetricInput input) throws IOException {
      Map<String, Double> values = new LinkedHashMap<>();
      for (int label = 0; label < CLASSES; label++) {
        Vectors features = input.realFeatures(label);
        values.put("class-%d".formatted(label), Moments.of(features).mean()[0]);
      }
      long classes =
          IntStream.range(0, samples).map(input.requestedClasses()::label).distinct().count();
      values.put(
          "asked", input.requestedClasses().classes() / (double) CLASSES * (classes > 1 ? 1 : 0));
      return values;
    }
  }

  /** Examples with classes. */
  private record WithClasses(InMemoryExamples all, Labels assigned) implements OpenDataset {

    @Override
    public DataShape shape() {
      return all.shape();
    }

    @Override
    public int size() {
      return all.size();
    }

    @Override
    public void read(int index, float[] out, int offset) throws IOException {
      all.read(index, out, offset);
    }

    @Override
    public Optional<Labels> labels() {
      return Optional.of(assigned);
    }
  }

  /** The mean of an image, and a number that tells the second feature from the first. */
  private record MeanAndHundred(AtomicInteger extracted) implements FeatureExtractor {

    @Override
    public OpenFeatureExtractor open(DataShape shape, Optional<OpenDataset> real, Path folder) {
      return new OpenFeatureExtractor() {

        @Override
        public String description() {
          return "means";
        }

        @Override
        public String fingerprint() {
          return new Hasher().add("means").hex();
        }

        @Override
        public int dimension() {
          return 2;
        }

        @Override
        public int classes() {
          return 0;
        }

        @Override
        public int maxBatch() {
          return 7;
        }

        @Override
        public void extract(float[] examples, int count, float[] features, float[] probabilities) {
          extracted.addAndGet(count);
          for (int i = 0; i < count; i++) {
            double sum = 0;
            for (int j = 0; j < shape.size(); j++) {
              sum += examples[i * shape.size() + j];
            }
            features[2 * i] = (float) (sum / shape.size());
            features[2 * i + 1] = 100;
          }
        }

        @Override
        public void close() {
          // nothing is held
        }
      };
    }
  }
}
