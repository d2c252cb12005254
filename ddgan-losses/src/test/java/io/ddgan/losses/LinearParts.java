package io.ddgan.losses;

import io.ddgan.api.Augmentation;
import io.ddgan.api.DiffusionProcess;
import io.ddgan.api.Discriminator;
import io.ddgan.api.Generator;
import io.ddgan.api.Inputs;
import io.ddgan.api.Network;
import io.ddgan.api.ObjectiveComponents;
import io.ddgan.api.ParameterScope;
import io.ddgan.api.Parameterization;
import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Networks without parameters for points in the plane: {@code G = noisier / 2 + latent + 2 time},
 * {@code D = cleaner . cleaner + 3 noisier . cleaner + time (cleaner_0 + cleaner_1)}, and a
 * Wasserstein loss.
 */
final class LinearParts {

  static final Discriminator DISCRIMINATOR = new PlaneDiscriminator();

  private LinearParts() {}

  static ObjectiveComponents of(boolean isEstimating) {
    return of(isEstimating, DISCRIMINATOR);
  }

  /**
   * Parts with a discriminator and augmentations.
   *
   * @param isEstimating whether the generator's output says something of the data
   */
  static ObjectiveComponents of(
      boolean isEstimating, Discriminator discriminator, Augmentation... augmentations) {
    return new ObjectiveComponents(
        new Diffusion(),
        new Reverse(isEstimating),
        new PlaneGenerator(),
        Optional.of(discriminator),
        Optional.of(new WassersteinLoss()),
        List.of(),
        List.of(augmentations));
  }

  /** With a head that takes half of x_t for the data. */
  private record PlaneDiscriminator() implements Discriminator {

    @Override
    public SDVariable forward(ParameterScope p, Inputs inputs) {
      SDVariable xt = inputs.xt();
      return xt.mul(xt).add(inputs.xtp1().mul(xt).mul(3)).sum(1).add(inputs.time().mul(xt.sum(1)));
    }

    @Override
    public Optional<Network> withDenoisingHead() {
      return Optional.of(
          (p, inputs) ->
              p.sameDiff()
                  .concat(1, forward(p, inputs).reshape(p.batch(), 1), inputs.xt().mul(0.5)));
    }
  }

  private record PlaneGenerator() implements Generator {

    @Override
    public int latentSize() {
      return 2;
    }

    @Override
    public SDVariable forward(ParameterScope p, Inputs inputs) {
      SDVariable time = inputs.time().reshape(p.batch(), 1).mul(2);
      return inputs.xtp1().mul(0.5).add(inputs.latent()).add(time);
    }
  }

  private record Diffusion() implements DiffusionProcess {

    @Override
    public int steps() {
      return 3;
    }

    @Override
    public Scales marginal(int t) {
      return new Scales(1 - 0.2 * t, 0.1 + 0.3 * t);
    }

    @Override
    public Scales transition(int t) {
      return new Scales(0.9 - 0.1 * t, 0.2 * t);
    }

    @Override
    public Posterior posterior(int t) {
      return new Posterior(0.5, 0.5, 0.1 * t);
    }
  }

  private record Reverse(boolean isEstimating) implements Parameterization {

    @Override
    public Coefficients reverseStep(DiffusionProcess process, int t) {
      return new Coefficients(0.25 + t, 0.5, 0.1 * t);
    }

    @Override
    public Optional<Coefficients> data(DiffusionProcess process, int t) {
      return isEstimating ? Optional.of(new Coefficients(2, t - 1, 0)) : Optional.empty();
    }
  }
}
