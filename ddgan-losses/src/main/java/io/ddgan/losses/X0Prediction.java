package io.ddgan.losses;

import io.ddgan.api.Batch;
import io.ddgan.api.ExperimentComponents;
import io.ddgan.api.RefusedException;
import org.nd4j.autodiff.samediff.SDVariable;

/** What a generator's output says of the data. */
final class X0Prediction {

  private X0Prediction() {}

  /**
   * Makes sure that it says something.
   *
   * @param who what it is for and its verb, as a sentence begins
   */
  static void require(ExperimentComponents components, String who) {
    if (components.parameterization().data(components.process(), 0).isEmpty()) {
      throw new RefusedException(
          who
              + " a generator that estimates the data or the noise; set parameterization.type ="
              + " x0, epsilon or v");
    }
  }

  /**
   * The estimated x_0, {@code [N, ...shape]}.
   *
   * @param output what the generator has made of {@link Batch#xtp1()}
   */
  static SDVariable ofData(ExperimentComponents components, Batch batch, SDVariable output) {
    return batch.affine(
        output,
        batch.xtp1(),
        t -> components.parameterization().data(components.process(), t).orElseThrow());
  }
}
