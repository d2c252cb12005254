package io.ddgan.schedules;

import io.ddgan.api.DiffusionProcess;
import io.ddgan.api.DiffusionProcess.Scales;
import io.ddgan.api.Parameterization;
import io.ddgan.api.RefusedException;
import io.ddgan.api.Sampler;
import io.ddgan.config.Key;
import java.util.ArrayList;
import java.util.List;

/**
 * Denoising diffusion implicit models (Song, Meng and Ermon, 2021, equation 12): samples at some of
 * the process's times only, evenly spaced from T to 0.
 */
public record DdimSampler(
    @Key(value = "number of sampler steps, at most the schedule's steps", min = 1) int steps,
    @Key(value = "noise scale: 0 is deterministic, 1 is ancestral sampling", min = 0, max = 1)
        double eta)
    implements Sampler {

  @Override
  public List<Step> steps(DiffusionProcess process, Parameterization parameterization) {
    if (steps > process.steps()) {
      throw new RefusedException(
          "steps must be at most the %d steps of the schedule, found %d"
              .formatted(process.steps(), steps));
    }
    List<Step> path = new ArrayList<>();
    for (int i = steps; i > 0; i--) {
      path.add(jump(process, parameterization, time(process, i), time(process, i - 1)));
    }
    return path;
  }

  private int time(DiffusionProcess process, int i) {
    return (int) Math.round((double) i * process.steps() / steps);
  }

  private Step jump(DiffusionProcess process, Parameterization parameterization, int from, int to) {
    Scales before = process.marginal(from);
    Scales after = process.marginal(to);
    double ratio = before.signal() / after.signal();
    double deviation =
        eta * after.noise() / before.noise() * Math.sqrt(Math.max(0, 1 - ratio * ratio));
    double rest = Math.sqrt(Math.max(0, after.noise() * after.noise() - deviation * deviation));
    DataEstimate estimate = DataEstimate.at(process, parameterization, from - 1);
    return new Step(from - 1, estimate.combine(after.signal(), rest, deviation));
  }
}
