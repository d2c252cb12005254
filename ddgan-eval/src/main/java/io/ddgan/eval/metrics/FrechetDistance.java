package io.ddgan.eval.metrics;

import io.ddgan.api.Evidence;
import io.ddgan.api.Examples;
import io.ddgan.api.Metric;
import io.ddgan.api.Moments;
import io.ddgan.config.Key;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The Frechet distance of the features of generated examples from those of the data (Heusel et al.,
 * 2017), both taken for Gaussian: {@code |m1 - m2|^2 + tr(S1 + S2 - 2 sqrt(S1 S2))}. It is at least
 * 0, and smaller for more examples.
 *
 * @param samples number of examples to be generated; 50,000 in the literature
 */
public record FrechetDistance(
    @Key(value = "number of examples to be generated", min = 2, max = 10_000_000) int samples)
    implements Metric {

  @Override
  public List<Measure> measures() {
    return List.of(new Measure("fid", Better.LOWER));
  }

  @Override
  public int least() {
    return 2;
  }

  @Override
  public Set<Need> needs(Optional<Examples> real) {
    return Set.of(Need.FEATURES, Need.REAL_MOMENTS);
  }

  @Override
  public Map<String, Double> evaluate(Evidence evidence) throws IOException {
    Moments generated = Moments.of(Finite.generated(evidence.features()));
    return Map.of("fid", new GaussianDistance(evidence.realMoments()).to(generated));
  }
}
