package io.ddgan.eval.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ddgan.api.Metric.Measure;
import io.ddgan.api.Vectors;
import io.ddgan.contract.Draws;
import io.ddgan.contract.FixedMetricInput;
import io.ddgan.eval.Identity;
import io.ddgan.eval.classifier.Classifier;
import io.ddgan.eval.inception.Inception;
import io.ddgan.random.RandomStreams;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FrechetDistanceTest {

  private final FrechetDistance metric = new FrechetDistance(2);
  private final Vectors real = Draws.vectors("real", 20, 2, 0, 1);

  @Test
  void nameIsThatOfTheLiteratureOnlyWithItsFeatures() {
    Measure distance = new FrechetDistance(2).measures().get(0);
    assertEquals("fid", distance.by(new Inception(Optional.empty(), 1)).name());
    assertEquals("classifier-fid", distance.by(new Classifier(2, 0, 0)).name());
    assertEquals("identity-fid", distance.by(new Identity()).name());
  }

  @Test
  void statisticsOfTheDataAreEnough() {
    assertEquals(2, metric.needs(Optional.empty()).size());
  }

  @Test
  void oneExampleIsTooFew() {
    assertEquals("a covariance needs at least 2 examples; got 1", message(0, 1));
  }

  @Test
  void itsStandardErrorIsTheDeviationOverOtherSamplesOfTheSameGenerator() throws IOException {
    int sets = 60;
    double[] distances = new double[sets];
    double told = 0;
    for (int i = 0; i < sets; i++) {
      Vectors generated = Draws.vectors("generated" + i, 400, 3, 0.4, 1.2);
      Map<String, Double> values =
          metric.evaluate(
              FixedMetricInput.ofFeatures(generated, Draws.vectors("real", 2000, 3, 0, 1)));
      distances[i] = values.get("fid");
      told += values.get("fid-standard-error") / sets;
    }
    double mean = Arrays.stream(distances).average().orElseThrow();
    double variance = Arrays.stream(distances).map(d -> (d - mean) * (d - mean)).sum() / (sets - 1);
    assertEquals(1, told / Math.sqrt(variance), 0.25); // 60 sets know it to 9 %
  }

  @Test
  void tooFewExamplesGiveNoStandardError() throws IOException {
    assertEquals(Set.of("fid"), values(19).keySet());
    assertEquals(Set.of("fid", "fid-standard-error"), values(20).keySet());
  }

  @Test
  void theStandardErrorIsOfAllExamplesAlsoWhereTheyDoNotMakeEqualTenths() throws IOException {
    Vectors generated = Draws.vectors("generated", 27, 2, 0, 1);
    int[] order = IntStream.range(0, 27).toArray();
    RandomStreams.shuffle(
        order, FixedMetricInput.ofFeatures(generated, real).random().stream("tenths"));
    double[] distances = new double[10];
    for (int group = 0; group < 10; group++) {
      int from = 27 * group / 10;
      int to = 27 * (group + 1) / 10;
      IntStream rest = IntStream.range(0, 27).filter(i -> i < from || i >= to);
      distances[group] = evaluate(generated.at(rest.map(i -> order[i]).toArray())).get("fid");
    }
    double mean = Arrays.stream(distances).average().orElseThrow();
    double squares = Arrays.stream(distances).map(d -> (d - mean) * (d - mean)).sum();
    assertEquals(Math.sqrt(0.9 * squares), evaluate(generated).get("fid-standard-error"), 1e-12);
  }

  @Test
  void theStandardErrorOfExamplesThatAreSortedByWhatTheyAreIsThatOfOthers() throws IOException {
    Vectors one = Draws.vectors("one", 200, 2, 0, 1);
    Vectors other = Draws.vectors("other", 200, 2, 8, 1);
    Map<String, Double> sorted = evaluate(joined(one, other));
    Map<String, Double> mixed =
        evaluate(joined(one, other).at(IntStream.range(0, 400).map(i -> i * 171 % 400).toArray()));
    assertEquals(mixed.get("fid"), sorted.get("fid"), 1e-9);
    double ratio = mixed.get("fid-standard-error") / sorted.get("fid-standard-error");
    assertEquals(0, Math.log(ratio), Math.log(2)); // either is known to 25 %
  }

  private static Vectors joined(Vectors one, Vectors other) throws IOException {
    double[] all = new double[(one.count() + other.count()) * 2];
    one.read(0, one.count(), all);
    double[] last = new double[other.count() * 2];
    other.read(0, other.count(), last);
    System.arraycopy(last, 0, all, one.count() * 2, last.length);
    return Vectors.of(all, 2);
  }

  private Map<String, Double> values(int count) throws IOException {
    return evaluate(Draws.vectors("generated", count, 2, 0, 1));
  }

  private Map<String, Double> evaluate(Vectors generated) throws IOException {
    return metric.evaluate(FixedMetricInput.ofFeatures(generated, real));
  }

  private String message(double... features) {
    return assertThrows(IllegalArgumentException.class, () -> evaluate(Vectors.of(features, 2)))
        .getMessage();
  }
}
