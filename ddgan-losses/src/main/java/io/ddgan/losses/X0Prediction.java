package io.ddgan.losses;

import io.ddgan.api.Batch;
import io.ddgan.api.ObjectiveComponents;
import io.ddgan.api.RefusedException;
import org.nd4j.autodiff.samediff.SDVariable;

/** The x_0 prediction implied by a generator's output. */
final class X0Prediction {

  private X0Prediction() {}

  /**
   * Checks that the parameterization implies one.
   *
   * @param who subject and verb of the message
   */
  static void require(ObjectiveComponents components, String who) {
    if (components.parameterization().data(components.process(), 0).isEmpty()) {
      throw new RefusedException(
          who
              + " a generator that predicts x_0, the noise or v; set parameterization.type ="
              + " x0, epsilon or v");
    }
  }

  /**
   * Returns the predicted x_0, {@code [N, ...shape]}.
   *
   * @param output output of the generator on {@link Batch#xtp1()}
   */
  static SDVariable ofData(ObjectiveComponents components, Batch batch, SDVariable output) {
    return batch.affine(
        output,
        batch.xtp1(),
        t -> components.parameterization().data(components.process(), t).orElseThrow());
  }
}
