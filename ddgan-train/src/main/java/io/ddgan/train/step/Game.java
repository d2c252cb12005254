package io.ddgan.train.step;

import io.ddgan.api.DataShape;
import io.ddgan.api.DiffusionProcess;
import io.ddgan.api.Generator;
import io.ddgan.api.ReverseStep;
import io.ddgan.api.ReverseStep.Coefficients;
import io.ddgan.graph.ParameterLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * What is trained: a generator, and what it plays for.
 *
 * @param hasLatent whether the generator is given random latent vectors; otherwise they are zero
 * @param opponent whom the generator plays against; without one it is trained as a denoiser
 * @param reconstruction weight of the distance between real examples and those that the generator's
 *     output implies
 * @param shape shape of one example
 * @param batch examples in a batch
 */
public record Game(
    DiffusionProcess process,
    ReverseStep reverse,
    Generator generator,
    boolean hasLatent,
    Optional<Opponent> opponent,
    double reconstruction,
    DataShape shape,
    int batch) {

  /** Checks that the generator's output says what is needed of it. */
  public Game {
    if ((opponent.isEmpty() || reconstruction > 0) && reverse.data(process, 0).isEmpty()) {
      throw new IllegalArgumentException(
          "%s needs a generator that estimates the data or the noise; set reverse.type = noise or posterior"
              .formatted(opponent.isEmpty() ? "objective = denoising" : "a reconstruction term"));
    }
  }

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
   * The discriminator's parameters, if there is one.
   *
   * @throws IllegalArgumentException if it cannot work on such batches
   */
  public Optional<ParameterLayout> discriminatorLayout() {
    return opponent.map(
        o ->
            ParameterLayout.of(
                shape,
                batch,
                p -> {
                  var x = p.sameDiff().placeHolder("x", DataType.FLOAT, shape.batch(batch));
                  var t = p.sameDiff().placeHolder("t", DataType.FLOAT, batch);
                  var noisy = p.sameDiff().placeHolder("noisy", DataType.FLOAT, shape.batch(batch));
                  o.discriminator().forward(p, x, t, noisy);
                }));
  }

  /** The coefficients of the step to x_t of each example. */
  List<Coefficients> reverseCoefficients(int[] times) {
    return each(times, t -> reverse.at(process, t));
  }

  /** The coefficients of the estimate of x_0 of each example. */
  List<Coefficients> dataCoefficients(int[] times) {
    return each(times, t -> reverse.data(process, t).orElseThrow());
  }

  /** The coefficients of the estimate of the noise of each example. */
  List<Coefficients> noiseCoefficients(int[] times) {
    return each(times, t -> reverse.epsilon(process, t).orElseThrow());
  }

  private static List<Coefficients> each(int[] times, IntFunction<Coefficients> coefficients) {
    return Arrays.stream(times).mapToObj(coefficients).toList();
  }
}
