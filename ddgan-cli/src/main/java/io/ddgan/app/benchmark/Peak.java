package io.ddgan.app.benchmark;

import io.ddgan.api.DataShape;
import io.ddgan.engine.Engine;
import io.ddgan.internal.graph.CompiledPlan;
import io.ddgan.internal.graph.Graph;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.enums.WeightsFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;

/**
 * What this machine computes at best with an executor: a convolution of single pixels, which is one
 * product of large matrices of float32.
 */
public final class Peak {

  private static final int EXAMPLES = 16;
  private static final int PIXELS = 16;
  private static final int CHANNELS = 512;
  private static final int RUNS = 30;

  private Peak() {}

  /** Multiplications and additions for each nanosecond, in the fastest of some runs. */
  public static double gflops(Engine engine) {
    Graph graph = new Graph(DataType.FLOAT, EXAMPLES, DataShape.image(CHANNELS, PIXELS, PIXELS));
    SDVariable maps = graph.input("maps", EXAMPLES, CHANNELS, PIXELS, PIXELS);
    SDVariable weights = graph.input("weights", CHANNELS, CHANNELS, 1, 1);
    Conv2DConfig config =
        Conv2DConfig.builder()
            .kH(1)
            .kW(1)
            .paddingMode(PaddingMode.VALID)
            .weightsFormat(WeightsFormat.OIYX)
            .build();
    SDVariable output = graph.sameDiff().cnn().conv2d(maps, weights, config);
    try (CompiledPlan plan = CompiledPlan.of(graph).on(engine).output("output", output).build()) {
      plan.input("maps").assign(0.5);
      plan.input("weights").assign(0.5);
      return plan.profile(RUNS).stream()
          .filter(call -> call.operations() > 0)
          .mapToDouble(call -> Stopwatch.rounded(call.operations() / call.nanoseconds()))
          .max()
          .orElseThrow();
    }
  }
}
