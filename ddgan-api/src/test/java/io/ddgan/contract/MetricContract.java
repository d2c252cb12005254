package io.ddgan.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.DataShape;
import io.ddgan.api.GaussianMixture;
import io.ddgan.api.Labels;
import io.ddgan.api.Metric;
import io.ddgan.api.Metric.Measure;
import io.ddgan.api.Metric.Need;
import io.ddgan.api.MetricInput;
import io.ddgan.api.OpenDataset;
import io.ddgan.api.RefusedException;
import io.ddgan.api.Vectors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests the contract of metrics. Extend it to test those of a plug-in. The examples have 3 features
 * and probabilities of 4 classes.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class MetricContract {

  private static final int GENERATED = 70;
  private static final int REAL = 60;
  private static final int CLASSES = 4;

  /** Returns the metrics to test. */
  protected abstract Stream<? extends Metric> metrics();

  /** Returns the shape of the test examples, by default points of 2 dimensions. */
  protected DataShape shape() {
    return DataShape.point(2);
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void namesMeasuresUniquelyInKebabCase(Metric metric) {
    List<String> names = names(metric);
    assertTrue(metric.samples() >= 0);
    assertFalse(names.isEmpty());
    assertEquals(Set.copyOf(names).size(), names.size(), names::toString);
    for (String name : names) {
      assertTrue(name.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*"), name);
    }
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void appliesToSomeDataOrGivesAReason(Metric metric) {
    List<String> refusals = new ArrayList<>();
    assertFalse(
        suitable(metric, refusals).isEmpty(),
        () ->
            "%s refuses all examples of the shape %s: %s; override shape() to test another one"
                .formatted(metric, shape(), refusals));
    assertTrue(refusals.stream().noneMatch(String::isBlank), () -> metric + " gives no reason");
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void usesOnlyItsNeedsAndReturnsTheSameFiniteMeasures(Metric metric) throws IOException {
    for (Optional<OpenDataset> real : suitable(metric, new ArrayList<>())) {
      Map<String, Double> values = metric.evaluate(evidence(metric, real));
      assertFalse(values.isEmpty(), () -> metric + " returns no measures");
      assertTrue(
          names(metric).containsAll(values.keySet()),
          () -> "%s returns %s".formatted(metric, values.keySet()));
      values.forEach((name, value) -> assertTrue(Double.isFinite(value), name + " = " + value));
      if (!metric.needs(real).contains(Need.GENERATOR)) { // times vary
        assertEquals(values, metric.evaluate(evidence(metric, real)));
      }
    }
  }

  private static List<String> names(Metric metric) {
    return metric.measures().stream().map(Measure::name).toList();
  }

  private List<Optional<OpenDataset>> data() {
    GaussianMixture modes =
        new GaussianMixture(
            List.of(
                Collections.nCopies(shape().size(), -1.0),
                Collections.nCopies(shape().size(), 1.0)),
            0.2);
    Labels labels = new Labels(CLASSES, i -> i % CLASSES);
    return List.of(
        Optional.empty(),
        Optional.of(new DrawnExamples(shape(), REAL, Optional.empty(), Optional.empty())),
        Optional.of(new DrawnExamples(shape(), REAL, Optional.of(modes), Optional.empty())),
        Optional.of(new DrawnExamples(shape(), REAL, Optional.empty(), Optional.of(labels))));
  }

  private List<Optional<OpenDataset>> suitable(Metric metric, List<String> refusals) {
    List<Optional<OpenDataset>> suitable = new ArrayList<>();
    for (Optional<OpenDataset> real : data()) {
      try {
        Set<Need> needs = metric.needs(real);
        assertFalse(needs.isEmpty(), () -> metric + " needs nothing");
        if (real.isPresent() || !needs.contains(Need.REAL)) { // an evaluation asks for --reference
          suitable.add(real);
        }
      } catch (RefusedException e) {
        refusals.add(e.getMessage());
      }
    }
    return suitable;
  }

  private MetricInput evidence(Metric metric, Optional<OpenDataset> real) throws IOException {
    double[] values = Draws.uniform("values", GENERATED, shape().size());
    Vectors features = Draws.vectors("real", REAL, 3, 0, 1);
    FixedMetricInput all =
        FixedMetricInput.ofFeatures(Draws.vectors("generated", GENERATED, 3, 0.5, 1), features)
            .with(Need.REAL_FEATURES_BY_CLASS, byClass(features))
            .with(Need.REQUESTED_CLASSES, new Labels(CLASSES, i -> i / 2 % CLASSES))
            .with(Need.VALUES, Vectors.of(values, shape().size()))
            .with(Need.PROBABILITIES, Draws.probabilities("classes", GENERATED, CLASSES))
            .with(Need.GENERATOR, new Idle());
    return real.map(examples -> all.with(Need.REAL, examples)).orElse(all).only(metric.needs(real));
  }

  private static List<Vectors> byClass(Vectors features) {
    return IntStream.range(0, CLASSES)
        .mapToObj(
            label ->
                features.at(
                    IntStream.range(0, features.count())
                        .filter(i -> i % CLASSES == label)
                        .toArray()))
        .toList();
  }

  /** Generates nothing. */
  private static final class Idle implements MetricInput.Producer {

    @Override
    public int networkEvaluations() {
      return 4;
    }

    @Override
    public void generate(int count) {
      assertTrue(count > 0);
    }
  }
}
