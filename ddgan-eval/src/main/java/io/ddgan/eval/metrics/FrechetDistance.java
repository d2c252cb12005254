package io.ddgan.eval.metrics;

import io.ddgan.api.Evidence;
import io.ddgan.api.Examples;
import io.ddgan.api.Metric;
import io.ddgan.api.Moments;
import io.ddgan.api.Vectors;
import io.ddgan.config.Key;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The Frechet distance of the features of generated examples from those of the data (Heusel et al.,
 * 2017), both taken for Gaussian: {@code |m1 - m2|^2 + tr(S1 + S2 - 2 sqrt(S1 S2))}. It is at least
 * 0, and smaller for more examples. Its standard error comes with it, how much it differs with
 * other examples of the same generator, where there are enough for {@link Jackknife}.
 *
 * @param samples number of examples to be generated; 50,000 in the literature
 */
public record FrechetDistance(
    @Key(value = "number of examples to be generated", min = 2, max = 10_000_000) int samples)
    implements Metric {

  private static final String FID = "fid";
  private static final String STANDARD_ERROR = "fid-standard-error";

  @Override
  public List<Measure> measures() {
    return List.of(new Measure(FID, Better.LOWER), new Measure(STANDARD_ERROR, Better.NEITHER));
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
    Vectors generated = evidence.features();
    GaussianDistance distance = new GaussianDistance(evidence.realMoments());
    Map<String, Double> values = new HashMap<>();
    values.put(FID, distance.to(Moments.of(generated)));
    if (generated.count() >= 2 * Jackknife.GROUPS) {
      values.put(
          STANDARD_ERROR,
          Jackknife.standardError(
              generated,
              evidence.random().stream("tenths"),
              some -> distance.to(Moments.of(some))));
    }
    return values;
  }
}
