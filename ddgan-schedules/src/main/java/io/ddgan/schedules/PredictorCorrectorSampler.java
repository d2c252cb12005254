package io.ddgan.schedules;

import io.ddgan.api.DiffusionProcess;
import io.ddgan.api.DiffusionProcess.Scales;
import io.ddgan.api.Parameterization;
import io.ddgan.api.Parameterization.Coefficients;
import io.ddgan.api.Sampler;
import io.ddgan.config.Key;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Predictor-corrector sampling (Song et al., 2021, section 4.2), in the order of their code: at
 * each time some steps of Langevin dynamics along the score, {@code -epsilon' / noise}, then an
 * ancestral step. With one correction, 1000 steps take the paper's 2000 evaluations.
 *
 * <p>The length of a Langevin step is {@code 2 alpha (ratio * noise)^2}. Song et al. scale it by
 * the norms of noise and score in the batch; this length is the same if predicted noise has unit
 * variance, but does not depend on the other examples of a batch.
 */
public record PredictorCorrectorSampler(
    @Key(value = "number of Langevin steps at each time", min = 0, max = 100) int correctorSteps,
    @Key(value = "signal-to-noise ratio of a Langevin step", min = 0, max = 1) double snr)
    implements Sampler {

  @Override
  public List<Step> steps(DiffusionProcess process, Parameterization parameterization) {
    List<Step> path = new ArrayList<>();
    for (int t = process.steps() - 1; t >= 0; t--) {
      Step correction = new Step(t, correction(process, parameterization, t));
      path.addAll(Collections.nCopies(correctorSteps, correction));
      path.add(new Step(t, parameterization.reverseStep(process, t)));
    }
    return path;
  }

  private Coefficients correction(
      DiffusionProcess process, Parameterization parameterization, int t) {
    Scales scales = process.marginal(t + 1);
    double previous = process.transition(t + 1).signal();
    double ratio = snr * scales.noise();
    double step = 2 * previous * previous * ratio * ratio;
    Coefficients epsilon = DataEstimate.at(process, parameterization, t).epsilon();
    double score = -step / scales.noise();
    return new Coefficients(
        score * epsilon.output(), 1 + score * epsilon.xtp1(), Math.sqrt(2 * step));
  }
}
