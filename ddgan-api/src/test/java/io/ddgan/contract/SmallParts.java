package io.ddgan.contract;

import io.ddgan.api.Augmentation;
import io.ddgan.api.Discriminator;
import io.ddgan.api.Generator;
import io.ddgan.api.GradientPenalty;
import io.ddgan.api.Inputs;
import io.ddgan.api.Network;
import io.ddgan.api.ObjectiveComponents;
import io.ddgan.api.ParameterScope;
import io.ddgan.api.SeparableLoss;
import io.ddgan.layers.Initializers;
import io.ddgan.layers.Softplus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Components for testing objectives: a process of three steps, a generator that predicts x_0, and
 * small, smooth networks that use all their inputs.
 */
public final class SmallParts {

  private static final int STEPS = 3;
  private static final int UNITS = 4;

  private SmallParts() {}

  /**
   * Returns components with a squared gradient penalty at real and generated points and between
   * them.
   */
  public static ObjectiveComponents penalised() {
    return of(
        Arrays.stream(GradientPenalty.Place.values()).<GradientPenalty>map(Squared::new).toList());
  }

  /** Returns components with some penalties and augmentations. */
  public static ObjectiveComponents of(
      List<GradientPenalty> penalties, Augmentation... augmentations) {
    return new ObjectiveComponents(
        new UniformDiffusion(STEPS),
        new DataStep(),
        new SmallGenerator(),
        Optional.of(new SmallDiscriminator()),
        Optional.of(new Logistic()),
        penalties,
        List.of(augmentations));
  }

  /** Returns components with another generator and without penalties. */
  public static ObjectiveComponents of(Generator generator, List<Augmentation> augmentations) {
    return new ObjectiveComponents(
        new UniformDiffusion(STEPS),
        new DataStep(),
        generator,
        Optional.of(new SmallDiscriminator()),
        Optional.empty(),
        List.of(),
        augmentations);
  }

  private record SmallGenerator() implements Generator {

    @Override
    public int latentSize() {
      return 2;
    }

    @Override
    public SDVariable forward(ParameterScope p, Inputs inputs) {
      SDVariable all = joined(p, inputs, inputs.xtp1(), inputs.latent());
      int width = p.shape().size() + latentSize() + 1 + p.classes();
      return linear(p, all, width, p.shape().size()).reshape(p.shape().batch(p.batch()));
    }
  }

  private record SmallDiscriminator() implements Discriminator {

    @Override
    public SDVariable forward(ParameterScope p, Inputs inputs) {
      return linear(p.child("out"), hidden(p, inputs), UNITS, 1).reshape(p.batch());
    }

    @Override
    public Optional<Network> withDenoisingHead() {
      return Optional.of(
          (p, inputs) -> {
            SDVariable hidden = hidden(p, inputs);
            SDVariable logits = linear(p.child("out"), hidden, UNITS, 1);
            int size = p.shape().size();
            return p.sameDiff()
                .concat(1, logits, linear(p.child("denoising"), hidden, UNITS, size));
          });
    }

    private static SDVariable hidden(ParameterScope p, Inputs inputs) {
      SDVariable all = joined(p, inputs, inputs.xt(), inputs.xtp1());
      int width = 2 * p.shape().size() + 1 + p.classes();
      return p.sameDiff().math().tanh(linear(p.child("in"), all, width, UNITS));
    }
  }

  /** Returns the inputs with the time and, if present, the class. */
  private static SDVariable joined(ParameterScope p, Inputs inputs, SDVariable... others) {
    List<SDVariable> all = new ArrayList<>();
    for (SDVariable input : others) {
      all.add(input.reshape(p.batch(), -1));
    }
    all.add(inputs.time().reshape(p.batch(), 1));
    inputs.label().ifPresent(all::add);
    return p.sameDiff().concat(1, all.toArray(SDVariable[]::new));
  }

  private static SDVariable linear(ParameterScope p, SDVariable x, int in, int out) {
    SDVariable weight = p.parameter("weight", Initializers.normal(1), out, in);
    SDVariable bias = p.parameter("bias", Initializers.normal(1), out);
    return p.sameDiff().mmul(x, weight, false, true, false).add(bias.reshape(1, out));
  }

  /** The non-saturating loss. */
  private record Logistic() implements SeparableLoss {

    @Override
    public SDVariable discriminatorOnReal(SDVariable logits) {
      return Softplus.of(logits.neg());
    }

    @Override
    public SDVariable discriminatorOnFake(SDVariable logits) {
      return Softplus.of(logits);
    }
  }

  /** Half of the mean squared length of the gradient. */
  private record Squared(Place at) implements GradientPenalty {

    @Override
    public int every() {
      return 2;
    }

    @Override
    public SDVariable penalty(SDVariable gradient) {
      return gradient.getSameDiff().math().square(gradient).sum(1).mean().mul(0.5);
    }
  }
}
