package io.ddgan.networks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ddgan.api.DataShape;
import io.ddgan.api.Inputs;
import io.ddgan.api.Network;
import io.ddgan.internal.graph.CompiledPlan;
import io.ddgan.internal.graph.Graph;
import io.ddgan.internal.graph.ParameterLayout;
import io.ddgan.internal.graph.ParameterSet;
import io.ddgan.random.RandomStreams;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

/** What the class does to networks that see it, and that it does nothing to all others. */
class ClassConditionalTest {

  private static final int CLASSES = 3;
  private static final int LATENT = 12;
  private static final RandomStreams RANDOM = new RandomStreams(4);
  private static final String NETWORK = "network";

  private interface Variant {
    Network network(boolean classConditional);
  }

  private record Kind(String name, DataShape shape, Variant variant) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Kind> kinds() {
    DataShape point = DataShape.point(2);
    DataShape image = DataShape.image(1, 8, 8);
    DataShape large = DataShape.image(1, 64, 64);
    return Stream.of(
        new Kind("generator ncsnpp", image, ClassConditionalTest::unet),
        new Kind(
            "generator ncsnpp that does not see the time",
            image,
            isOn -> unet(isOn, "time-conditional = false")),
        new Kind(
            "generator mlp",
            point,
            isOn -> new MlpGenerator(7, 2, LATENT, 4, TimeScale.NONE, isOn)),
        new Kind("discriminator small", image, isOn -> new SmallDiscriminator(1, 4, 1, isOn)),
        new Kind("discriminator large", large, isOn -> new LargeDiscriminator(1, 4, 1, isOn)),
        new Kind("discriminator mlp", point, isOn -> new MlpDiscriminator(7, 2, 4, isOn)));
  }

  private static Network unet(boolean classConditional, String... keys) {
    return Configured.unet(
        Configured.SMALL,
        "latent-size = " + LATENT,
        "class-conditional = " + classConditional,
        String.join("\n", keys));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void theClassChangesWhatBecomesOfItsExampleAndOfNoOther(Kind kind) {
    Network network = kind.variant().network(true);
    List<float[]> before = run(kind.shape(), network, CLASSES, 0, 1);
    List<float[]> after = run(kind.shape(), network, CLASSES, 0, 2);
    assertArrayEquals(before.get(0), after.get(0));
    assertFalse(Arrays.equals(before.get(1), after.get(1)), "the class makes no difference");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void networksThatDoNotSeeTheClassAreTheSameWhetherOrNotTheDataHasClasses(Kind kind) {
    Network network = kind.variant().network(false);
    assertEquals(
        shapes(layout(kind.shape(), network, 0)), shapes(layout(kind.shape(), network, CLASSES)));
    List<float[]> without = run(kind.shape(), network, 0, 0, 1);
    List<float[]> with = run(kind.shape(), network, CLASSES, 0, 1);
    for (int i = 0; i < without.size(); i++) {
      assertArrayEquals(without.get(i), with.get(i));
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void dataWithoutClassesIsRefusedByNetworksThatSeeThem(Kind kind) {
    Network network = kind.variant().network(true);
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> layout(kind.shape(), network, 0));
    assertEquals(
        "class-conditional = true needs data with classes, and this data has none; set it to"
            + " false, or choose data whose classes are known, such as fashion-mnist or"
            + " image-folder with labels = folders",
        error.getMessage());
  }

  private static Map<String, List<Long>> shapes(ParameterLayout layout) {
    Map<String, List<Long>> shapes = new LinkedHashMap<>();
    layout.entries().forEach(entry -> shapes.put(entry.name(), entry.shape()));
    return shapes;
  }

  private static ParameterLayout layout(DataShape shape, Network network, int classes) {
    return ParameterLayout.of(
        shape,
        1,
        classes,
        p -> {
          SDVariable unused =
              network.forward(
                  p,
                  inputs(
                      shape,
                      1,
                      classes,
                      (name, dimensions) ->
                          p.sameDiff().placeHolder(name, p.dataType(), dimensions)));
        });
  }

  private static Inputs inputs(
      DataShape shape, int batch, int classes, BiFunction<String, long[], SDVariable> variable) {
    Inputs inputs = Inputs.none();
    for (var input : dimensions(shape, batch, classes).entrySet()) {
      inputs = inputs.with(input.getKey(), variable.apply(input.getKey(), input.getValue()));
    }
    return inputs;
  }

  private static Map<String, long[]> dimensions(DataShape shape, int batch, int classes) {
    Map<String, long[]> dimensions = new LinkedHashMap<>();
    dimensions.put(Inputs.XT, shape.batch(batch));
    dimensions.put(Inputs.XTP1, shape.batch(batch));
    dimensions.put(Inputs.TIME, new long[] {batch});
    dimensions.put(Inputs.LATENT, new long[] {batch, LATENT});
    if (classes > 0) {
      dimensions.put(Inputs.LABEL, new long[] {batch, classes});
    }
    return dimensions;
  }

  /** What the network makes of as many random examples as there are labels, one by one. */
  private static List<float[]> run(DataShape shape, Network network, int classes, int... labels) {
    int batch = labels.length;
    Graph graph = new Graph(DataType.FLOAT, batch, shape, classes, false);
    ParameterLayout layout = layout(shape, network, classes);
    SDVariable out =
        network.forward(
            graph.network(NETWORK, layout), inputs(shape, batch, classes, graph::input));
    try (ParameterSet weights = weights(layout);
        CompiledPlan plan =
            CompiledPlan.of(graph).parameters(NETWORK, weights).output("out", out).build()) {
      dimensions(shape, batch, classes)
          .forEach(
              (name, dimensions) -> {
                if (plan.used().contains(name)) {
                  plan.set(
                      name,
                      name.equals(Inputs.LABEL)
                          ? rows(classes, labels)
                          : gaussian(name, LongStream.of(dimensions).reduce(1, (a, b) -> a * b)));
                }
              });
      plan.run();
      float[] all = plan.get("out");
      int each = all.length / batch;
      return IntStream.range(0, batch)
          .mapToObj(i -> Arrays.copyOfRange(all, i * each, (i + 1) * each))
          .toList();
    }
  }

  /** Weights large enough for no layer to be silent. */
  private static ParameterSet weights(ParameterLayout layout) {
    ParameterSet weights = ParameterSet.zeros(layout, DataType.FLOAT);
    layout
        .entries()
        .forEach(entry -> weights.set(entry.name(), gaussian(entry.name(), entry.size())));
    return weights;
  }

  private static float[] gaussian(String name, long count) {
    var random = RANDOM.stream(name);
    float[] values = new float[Math.toIntExact(count)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (0.3 * random.nextGaussian());
    }
    return values;
  }

  private static float[] rows(int classes, int... labels) {
    float[] rows = new float[labels.length * classes];
    for (int i = 0; i < labels.length; i++) {
      rows[i * classes + labels[i]] = 1;
    }
    return rows;
  }
}
