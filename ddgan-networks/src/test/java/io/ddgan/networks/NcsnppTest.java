package io.ddgan.networks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ddgan.api.DataShape;
import io.ddgan.api.Generator;
import io.ddgan.api.Inputs;
import io.ddgan.internal.graph.CompiledPlan;
import io.ddgan.internal.graph.Graph;
import io.ddgan.internal.graph.ParameterLayout;
import io.ddgan.internal.graph.ParameterSet;
import io.ddgan.random.RandomStreams;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

/** Options of the generator that the recordings say nothing about. */
class NcsnppTest {

  private static final DataShape SHAPE = DataShape.image(1, 8, 8);
  private static final RandomStreams RANDOM = new RandomStreams(2);
  private static final String NETWORK = "network";
  private static final int LATENT = 12;

  @ParameterizedTest
  @CsvSource({"biggan, 10", "ddpm, 8"})
  void everyResidualBlockHasItsDropoutInTraining(String block, int blocks) {
    Generator generator =
        Configured.unet(Configured.SMALL, "dropout = 0.5, fir = false, block = " + block);
    try (ParameterSet weights = weights(generator);
        CompiledPlan plan =
            plan(new Graph(DataType.FLOAT, 1, SHAPE, 0, true), generator, weights)) {
      assertDoesNotThrow(() -> plan.input(NETWORK + "/dropout-" + (blocks - 1)));
      assertThrows(
          IllegalArgumentException.class, () -> plan.input(NETWORK + "/dropout-" + blocks));
      plan.drawDropout(new RandomStreams(1));
      float[] first = run(plan, 1);
      assertArrayEquals(first, run(plan, 1), "nothing is drawn by running");
      plan.drawDropout(new RandomStreams(2));
      assertFalse(Arrays.equals(first, run(plan, 1)), "other masks make another output");
    }
  }

  @Test
  void theTimeOfTheDataCountsAsAVerySmallOneInFourierFeatures() {
    Generator generator = Configured.unet(Configured.SMALL, "embedding = fourier");
    try (ParameterSet weights = weights(generator);
        CompiledPlan plan = plan(new Graph(DataType.FLOAT, 1, SHAPE), generator, weights)) {
      assertArrayEquals(run(plan, 1e-5), run(plan, 0));
      assertFalse(Arrays.equals(run(plan, 2e-5), run(plan, 0)));
    }
  }

  /** Weights large enough for no layer to be silent. */
  private static ParameterSet weights(Generator generator) {
    ParameterLayout layout =
        ParameterLayout.of(
            SHAPE,
            1,
            p ->
                generator.forward(
                    p,
                    inputs(
                        p.sameDiff().placeHolder("x", DataType.FLOAT, SHAPE.batch(1)),
                        p.sameDiff().placeHolder("t", DataType.FLOAT, 1),
                        p.sameDiff().placeHolder("z", DataType.FLOAT, 1, LATENT))));
    ParameterSet weights = ParameterSet.zeros(layout, DataType.FLOAT);
    for (ParameterLayout.Entry entry : layout.entries()) {
      weights.set(entry.name(), gaussian(entry.name(), (int) entry.size(), 0.3));
    }
    return weights;
  }

  private static CompiledPlan plan(Graph graph, Generator generator, ParameterSet weights) {
    SDVariable x = graph.input("x", SHAPE.batch(1));
    SDVariable t = graph.input("t", 1);
    SDVariable z = graph.input("z", 1, LATENT);
    SDVariable out = generator.forward(graph.network(NETWORK, weights.layout()), inputs(x, t, z));
    return CompiledPlan.of(graph).parameters(NETWORK, weights).output("out", out).build();
  }

  private static Inputs inputs(SDVariable x, SDVariable t, SDVariable z) {
    return Inputs.none().with(Inputs.XTP1, x).with(Inputs.TIME, t).with(Inputs.LATENT, z);
  }

  private static float[] run(CompiledPlan plan, double time) {
    plan.set("x", gaussian("x", SHAPE.size(), 1));
    plan.set("t", new float[] {(float) time});
    plan.set("z", gaussian("z", LATENT, 1));
    plan.run();
    return plan.get("out");
  }

  private static float[] gaussian(String name, int count, double deviation) {
    var random = RANDOM.stream(name);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    return values;
  }

  @Test
  void attentionAtAResolutionThatTheNetworkHasNotIsRefusedBeforeATraining() {
    DataShape image = DataShape.image(1, 16, 16);
    Configured.unet(Configured.SMALL, "attention-resolutions = [8, 16]").requireEffect(image);
    Configured.unet(Configured.SMALL, "attention-resolutions = []").requireEffect(image);
    Ncsnpp without = Configured.unet(Configured.SMALL, "attention-resolutions = [8, 15]");
    assertEquals(
        "attention-resolutions has 15, but the network has only the heights [16, 8]; choose from these, or none",
        assertThrows(IllegalArgumentException.class, () -> without.requireEffect(image))
            .getMessage());
  }
}
