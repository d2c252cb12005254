package io.ddgan.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.Augmentation;
import io.ddgan.api.DataShape;
import io.ddgan.api.TangentRule;
import io.ddgan.internal.graph.CompiledPlan;
import io.ddgan.internal.graph.Graph;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/** Tests the contract of augmentations. Extend it to test those of a plug-in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class AugmentationContract {

  private static final int BATCH = 4;

  /** Returns the augmentations to test. */
  protected abstract Stream<? extends Augmentation> augmentations();

  /** Returns the shape of the test examples. */
  protected DataShape shape() {
    return DataShape.point(2);
  }

  /** Returns the forward-mode rules of the plug-in, by operation. */
  protected Map<String, TangentRule> tangentRules() {
    return Map.of();
  }

  @ParameterizedTest
  @MethodSource("augmentations")
  void keepsTheShapeAndRepeatsWithTheSameDraws(Augmentation augmentation) {
    augmentation.check(shape(), shape());
    Graph graph = new Graph(DataType.FLOAT, BATCH, shape());
    SDVariable x = graph.input("x", shape().batch(BATCH));
    FixedDraws draws = new FixedDraws(graph.sameDiff(), DataType.FLOAT, BATCH, shape());
    CompiledPlan.Builder builder = CompiledPlan.of(graph);
    builder.output("first", augmentation.apply(x, draws));
    builder.output("second", augmentation.apply(graph.sameDiff().identity(x), draws));
    try (CompiledPlan plan = builder.build()) {
      float[] values = new float[BATCH * shape().size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) Math.sin(i);
      }
      plan.set("x", values);
      plan.run();
      assertArrayEquals(shape().batch(BATCH), plan.output("first").shape());
      float[] first = plan.get("first");
      assertArrayEquals(first, plan.get("second"));
      assertTrue(
          DoubleStream.of(plan.output("first").dup('c').data().asDouble())
              .allMatch(Double::isFinite));
    }
  }

  @ParameterizedTest
  @MethodSource("augmentations")
  void hasCorrectGradients(Augmentation augmentation) {
    long[] each = shape().dimensions().stream().mapToLong(d -> d).toArray();
    NumericalGradient.check(
        shape(),
        BATCH,
        Map.of("x", each),
        (p, in) ->
            NumericalGradient.weighted(
                p,
                augmentation.apply(
                    in.get("x"), new FixedDraws(p.sameDiff(), p.dataType(), p.batch(), shape())),
                each));
  }

  /** Penalises the squared gradient norm of D(x) = tanh(augmented x W), as R1 does. */
  @ParameterizedTest
  @MethodSource("augmentations")
  void penaltiesOnItsInputHaveCorrectGradients(Augmentation augmentation) {
    long[] each = shape().dimensions().stream().mapToLong(d -> d).toArray();
    NumericalGradient.checkParameters(
        shape(),
        0,
        BATCH,
        Map.of("x", each),
        (p, in) -> {
          SameDiff sd = p.sameDiff();
          SDVariable x = in.get("x");
          FixedDraws draws = new FixedDraws(sd, p.dataType(), p.batch(), shape());
          SDVariable weight =
              p.parameter(
                  "weight", (s, random) -> new float[2 * shape().size()], 2, shape().size());
          SDVariable flat = augmentation.apply(x, draws).reshape(p.batch(), shape().size());
          SDVariable logits = sd.math().tanh(sd.mmul(flat, weight, false, true, false)).sum(1);
          return NumericalGradient.penalty(p, logits, x, tangentRules());
        });
  }
}
