package io.ddgan.schedules;

import io.ddgan.api.DiffusionProcess;
import io.ddgan.api.Parameterization;
import io.ddgan.api.Sampler;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Evaluates the generator once for each of its denoising steps, from T - 1 down to 0. This is the
 * sampling of denoising diffusion GANs and, for a denoiser, the ancestral sampling of Ho et al.
 * (2020) with the posterior's variance.
 */
public record AncestralSampler() implements Sampler {

  @Override
  public List<Step> steps(DiffusionProcess process, Parameterization parameterization) {
    int steps = process.steps();
    return IntStream.range(0, steps)
        .map(i -> steps - 1 - i)
        .mapToObj(t -> new Step(t, parameterization.reverseStep(process, t)))
        .toList();
  }
}
