package io.ddgan.losses.augmentation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ddgan.api.Augmentation;
import io.ddgan.api.DataShape;
import io.ddgan.api.Ramp;
import io.ddgan.api.ScheduledValue;
import io.ddgan.contract.FixedDraws;
import io.ddgan.internal.file.Json;
import io.ddgan.internal.graph.CompiledPlan;
import io.ddgan.internal.graph.Graph;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** What augmentations make of images and points with given draws. */
class AugmentationTest {

  private static final int EXAMPLES = 12;
  private static final ScheduledValue ALWAYS = Ramp.constant(1);
  private static final ScheduledValue NEVER = Ramp.constant(0);

  /**
   * The numbers of {@code numpy.json} come from loops over examples in NumPy, on {@code
   * sin(arange(...))} in the shape of twelve examples, where something is done to an example if its
   * draw is below the probability p. With u of a draw and {@code below(n) = int(u n)}:
   *
   * <pre>{@code
   * color:        x += (u - 0.5) s
   *               g = x.mean(0);  x = (x - g) (1 + (2 u - 1) s) + g
   *               m = x.mean();   x = (x - m) (1 + (u - 0.5) s) + m
   * translation:  n = int(share size + 0.5);  d = below(2 n + 1) - n, down and right
   *               a crop of numpy.pad(x, mode), constant or reflect, at |d| - d
   * cutout:       c = int(share size + 0.5);  o = below(size + 1 - c % 2) - c // 2
   *               x[:, o + i, o + j] = 0 for i and j below c, where there are such pixels
   * flip:         x[:, :, ::-1] if u < p / 2
   * blitting:     flip, then numpy.rot90(x, below(4)), then translation with reflect, where
   *               d = floor((2 u - 1) share size + 0.5)
   * noise:        x + deviation n
   * rotation:     a = (2 u - 1) degrees;  [[cos a, -sin a], [sin a, cos a]] @ x
   * }</pre>
   */
  @ParameterizedTest(name = "{0}")
  @MethodSource("recorded")
  void makesOfExamplesWhatNumpyDoes(String name, Augmentation augmentation) throws IOException {
    Map<?, ?> recorded = (Map<?, ?>) numpy().get(name);
    DataShape shape =
        new DataShape(
            ((List<?>) recorded.get("shape")).stream().map(d -> ((Number) d).intValue()).toList());
    double[] result =
        augmented(
            shape,
            draws ->
                ((Map<?, ?>) recorded.get("draws"))
                    .forEach((draw, values) -> draws.give((String) draw, numbers(values))),
            augmentation);
    assertArrayEquals(numbers(recorded.get("result")), result, 1e-9);
  }

  static Stream<Arguments> recorded() {
    ScheduledValue most = Ramp.constant(0.7);
    ScheduledValue half = Ramp.constant(0.5);
    return Stream.of(
        Arguments.of("color", new Color(most, Ramp.constant(0.8))),
        Arguments.of("translation-zero", new Translation(most, half, Padding.ZERO)),
        Arguments.of("translation-reflect", new Translation(most, half, Padding.REFLECT)),
        Arguments.of("cutout-even", new Cutout(most, half)),
        Arguments.of("cutout-odd", new Cutout(most, Ramp.constant(0.6))),
        Arguments.of("flip", new Flip(Ramp.constant(0.9))),
        Arguments.of("blitting", new Blitting(Ramp.constant(0.8), true, true, Ramp.constant(0.25))),
        Arguments.of("noise", new Noise(most, Ramp.constant(0.25))),
        Arguments.of("rotation", new Rotation(most, Ramp.constant(90))));
  }

  @ParameterizedTest
  @MethodSource("never")
  void leavesExamplesThatItIsNotDoneTo(DataShape shape, Augmentation augmentation) {
    assertArrayEquals(examples(shape), augmented(shape, draws -> {}, augmentation), 1e-12);
  }

  static Stream<Arguments> never() {
    DataShape image = DataShape.image(3, 4, 4);
    return Stream.of(
        Arguments.of(image, new Color(NEVER, ALWAYS)),
        Arguments.of(image, new Color(ALWAYS, NEVER)),
        Arguments.of(image, new Translation(NEVER, ALWAYS, Padding.ZERO)),
        Arguments.of(image, new Translation(ALWAYS, NEVER, Padding.REFLECT)),
        Arguments.of(image, new Cutout(NEVER, ALWAYS)),
        Arguments.of(image, new Cutout(ALWAYS, NEVER)),
        Arguments.of(image, new Flip(NEVER)),
        Arguments.of(image, new Blitting(NEVER, true, true, ALWAYS)),
        Arguments.of(image, new Blitting(ALWAYS, false, false, NEVER)),
        Arguments.of(image, new Noise(NEVER, ALWAYS)),
        Arguments.of(DataShape.point(2), new Rotation(NEVER, ALWAYS)),
        Arguments.of(DataShape.point(2), new Rotation(ALWAYS, NEVER)));
  }

  /** The largest draw below 1, whose product with 9 is 9 in single precision. */
  @Test
  void theLargestDrawOfAllMovesAsFarAsItMay() {
    DataShape shape = DataShape.image(1, 1, 8);
    double largest = Math.nextDown(1f);
    double[] ones = new double[EXAMPLES];
    Arrays.fill(ones, largest);
    Graph graph = new Graph(DataType.FLOAT, EXAMPLES, shape);
    FixedDraws draws = new FixedDraws(graph.sameDiff(), DataType.FLOAT, EXAMPLES, shape);
    draws.give("down", ones);
    draws.give("right", ones);
    SDVariable x = graph.sameDiff().constant(Nd4j.ones(DataType.FLOAT, shape.batch(EXAMPLES)));
    SDVariable moved = new Translation(ALWAYS, Ramp.constant(0.5), Padding.ZERO).apply(x, draws);
    try (CompiledPlan plan = CompiledPlan.of(graph).output("moved", moved).build()) {
      plan.run();
      float[] first = Arrays.copyOf(plan.get("moved"), 8);
      assertArrayEquals(new float[] {0, 0, 0, 0, 1, 1, 1, 1}, first);
    }
  }

  @Test
  void refusesWhatIsNoImage() {
    DataShape points = DataShape.point(2);
    DataShape image = DataShape.image(1, 4, 6);
    Map<String, Augmentation> all =
        Map.of(
            "color", new Color(ALWAYS, ALWAYS),
            "translation", new Translation(ALWAYS, ALWAYS, Padding.ZERO),
            "cutout", new Cutout(ALWAYS, ALWAYS),
            "flip", new Flip(ALWAYS),
            "blitting", new Blitting(ALWAYS, true, false, ALWAYS));
    all.forEach(
        (name, augmentation) -> {
          assertEquals(
              name + " is for images, but the data have the shape 2; remove it, or use noise",
              refusal(augmentation, points, points));
          assertEquals(
              name
                  + " works on pixels, but the data is encoded; remove it, or set"
                  + " representation = identity",
              refusal(augmentation, image, DataShape.image(4, 2, 3)));
          assertDoesNotThrow(() -> augmentation.check(image, image), name);
        });
    assertEquals(
        "blitting cannot rotate images of 4 by 6, which are not square; set augmentation.rotate90 = false",
        refusal(new Blitting(ALWAYS, true, true, ALWAYS), image, image));
    assertEquals(
        "rotation is for points in the plane, but the networks see examples of the shape 1x4x6;"
            + " remove it, or use noise",
        refusal(new Rotation(ALWAYS, ALWAYS), image, image));
    assertDoesNotThrow(() -> new Noise(ALWAYS, ALWAYS).check(points, points));
    assertDoesNotThrow(() -> new Rotation(ALWAYS, ALWAYS).check(points, points));
  }

  private static String refusal(Augmentation augmentation, DataShape data, DataShape encoded) {
    return assertThrows(IllegalArgumentException.class, () -> augmentation.check(data, encoded))
        .getMessage();
  }

  private interface Given {
    void to(FixedDraws draws);
  }

  private static double[] augmented(DataShape shape, Given given, Augmentation augmentation) {
    Graph graph = new Graph(DataType.DOUBLE, EXAMPLES, shape);
    FixedDraws draws = new FixedDraws(graph.sameDiff(), DataType.DOUBLE, EXAMPLES, shape);
    given.to(draws);
    SDVariable x =
        graph
            .sameDiff()
            .constant(Nd4j.createFromArray(examples(shape)).reshape(shape.batch(EXAMPLES)));
    SDVariable augmented = augmentation.apply(x, draws);
    try (CompiledPlan plan = CompiledPlan.of(graph).output("x", augmented).build()) {
      plan.run();
      return plan.output("x").dup('c').data().asDouble();
    }
  }

  private static double[] examples(DataShape shape) {
    double[] values = new double[EXAMPLES * shape.size()];
    Arrays.setAll(values, Math::sin);
    return values;
  }

  private static Map<String, Object> numpy() throws IOException {
    try (InputStream in = AugmentationTest.class.getResourceAsStream("numpy.json")) {
      return Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static double[] numbers(Object list) {
    return ((List<?>) list).stream().mapToDouble(n -> ((Number) n).doubleValue()).toArray();
  }
}
