package io.ddgan.train.step;

import io.ddgan.api.AdversarialLoss;
import io.ddgan.api.DataShape;
import io.ddgan.api.DiffusionProcess;
import io.ddgan.api.Discriminator;
import io.ddgan.api.Generator;
import io.ddgan.api.GradientPenalty;
import io.ddgan.api.ReverseStep;
import io.ddgan.graph.ParameterLayout;
import io.ddgan.graph.TangentRule;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The two networks and what they play for.
 *
 * @param tangentRules forward-mode rules besides the framework's, by the operation's name
 * @param shape shape of one example
 * @param batch examples in a batch
 */
public record Game(
    DiffusionProcess process,
    ReverseStep reverse,
    Generator generator,
    Discriminator discriminator,
    AdversarialLoss loss,
    GradientPenalty penalty,
    Map<String, TangentRule> tangentRules,
    DataShape shape,
    int batch) {

  /**
   * The generator's parameters.
   *
   * @throws IllegalArgumentException if it cannot work on such batches
   */
  public ParameterLayout generatorLayout() {
    return ParameterLayout.of(
        shape,
        batch,
        p -> {
          var x = p.sameDiff().placeHolder("x", DataType.FLOAT, shape.batch(batch));
          var t = p.sameDiff().placeHolder("t", DataType.FLOAT, batch);
          var z = p.sameDiff().placeHolder("z", DataType.FLOAT, batch, generator.latentSize());
          generator.forward(p, x, t, z);
        });
  }

  /**
   * The discriminator's parameters.
   *
   * @throws IllegalArgumentException if it cannot work on such batches
   */
  public ParameterLayout discriminatorLayout() {
    return ParameterLayout.of(
        shape,
        batch,
        p -> {
          var x = p.sameDiff().placeHolder("x", DataType.FLOAT, shape.batch(batch));
          var t = p.sameDiff().placeHolder("t", DataType.FLOAT, batch);
          var noisy = p.sameDiff().placeHolder("noisy", DataType.FLOAT, shape.batch(batch));
          discriminator.forward(p, x, t, noisy);
        });
  }
}
