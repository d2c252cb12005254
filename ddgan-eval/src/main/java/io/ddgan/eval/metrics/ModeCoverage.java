package io.ddgan.eval.metrics;

import io.ddgan.api.GaussianMixture;
import io.ddgan.api.KebabCase;
import io.ddgan.api.Labels;
import io.ddgan.api.Metric;
import io.ddgan.api.MetricInput;
import io.ddgan.api.OpenDataset;
import io.ddgan.api.RefusedException;
import io.ddgan.api.Vectors;
import io.ddgan.config.Key;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Coverage of the modes of the data, as in VEEGAN (Srivastava et al., 2017) and PacGAN (Lin et al.,
 * 2018). The modes are the components of a known mixture, or else the classes of labelled data,
 * such as the 1000 of Stacked MNIST.
 *
 * <p>In a mixture a generated example belongs to the mode with the nearest mean; it is of high
 * quality within a number of standard deviations. A mode is covered if it has enough examples of
 * high quality. In labelled data an example belongs to its most probable class, and all examples
 * count.
 *
 * <p>The values are {@code modes-covered}; {@code modes-total}; {@code high-quality-share}, the
 * share of examples of high quality, in [0, 1]; and {@code kl-to-uniform}, the divergence KL(share
 * of the modes || uniform) over all examples, in nats, 0 at best. Labelled data have no {@code
 * high-quality-share}.
 *
 * @param samples number of generated examples; 26,000 in the papers on Stacked MNIST
 * @param minCount minimum number of high-quality examples in a covered mode; 1 in the papers
 */
public record ModeCoverage(
    @Key(value = "number of generated examples", min = 2, max = 10_000_000) int samples,
    @Key(
            value =
                "maximum distance of a high-quality example from its mode, in standard deviations",
            min = 0)
        double maxSigmas,
    @Key(value = "minimum number of high-quality examples in a covered mode", min = 1) int minCount,
    @Key("prefix of the measures' names, to measure by two protocols at once")
        Optional<String> prefix)
    implements Metric {

  private static final String HIGH_QUALITY = "high-quality-share";

  /** Checks the prefix. */
  public ModeCoverage {
    prefix
        .filter(text -> !KebabCase.matches(text))
        .ifPresent(
            text -> {
              throw new RefusedException(
                  "prefix must be in kebab-case, such as papers, not '%s'".formatted(text));
            });
  }

  @Override
  public List<Measure> measures() {
    return List.of(
        new Measure(name("modes-covered"), Better.HIGHER),
        new Measure(name("modes-total"), Better.NEITHER),
        new Measure(name(HIGH_QUALITY), Better.HIGHER),
        new Measure(name("kl-to-uniform"), Better.LOWER));
  }

  @Override
  public int minSamples() {
    return 2;
  }

  @Override
  public List<Measure> measures(Optional<OpenDataset> real) {
    return real.flatMap(OpenDataset::modes).isPresent()
        ? measures()
        : measures().stream().filter(one -> !one.name().endsWith(HIGH_QUALITY)).toList();
  }

  private String name(String measure) {
    return prefix.map(before -> before + "-" + measure).orElse(measure);
  }

  @Override
  public Set<Need> needs(Optional<OpenDataset> real) {
    if (real.flatMap(OpenDataset::modes).isPresent()) {
      return Set.of(Need.VALUES, Need.REAL);
    }
    if (real.flatMap(OpenDataset::labels).isPresent()) {
      return Set.of(Need.PROBABILITIES, Need.REAL);
    }
    throw new RefusedException(
        "modes needs data with known modes or classes, such as gaussians-25 or mnist");
  }

  @Override
  public Optional<String> warning(int samples, Optional<OpenDataset> real) {
    int modes =
        real.flatMap(OpenDataset::modes)
            .map(known -> known.centres().size())
            .or(() -> real.flatMap(OpenDataset::labels).map(Labels::classes))
            .orElse(0);
    long least = (long) modes * minCount;
    return samples >= least
        ? Optional.empty()
        : Optional.of(
            "%,d samples cannot cover %,d modes with %,d each; use %,d or more, or lower min-count"
                .formatted(samples, modes, minCount, least));
  }

  @Override
  public Map<String, Double> evaluate(MetricInput input) throws IOException {
    OpenDataset real = input.real();
    Optional<GaussianMixture> modes = real.modes();
    return modes.isPresent()
        ? ofMixture(new Mixture(modes.get()), input.generated())
        : ofClasses(real.labels().orElseThrow().classes(), input.probabilities());
  }

  private Map<String, Double> ofMixture(Mixture mixture, Vectors points) throws IOException {
    if (points.size() != mixture.dimensions()) {
      throw new RefusedException(
          "the modes have %d dimensions, but generated examples have %d; compare with data of one shape"
              .formatted(mixture.dimensions(), points.size()));
    }
    int[] all = new int[mixture.size()];
    int[] good = new int[mixture.size()];
    double[] point = new double[points.size()];
    for (int i = 0; i < points.count(); i++) {
      points.read(i, 1, point);
      int mode = mixture.nearest(point);
      all[mode]++;
      if (mixture.deviations(point, mode) <= maxSigmas) {
        good[mode]++;
      }
    }
    return Map.of(
        name("modes-covered"),
        covered(good),
        name("modes-total"),
        (double) good.length,
        name(HIGH_QUALITY),
        Arrays.stream(good).sum() / (double) points.count(),
        name("kl-to-uniform"),
        divergenceFromUniform(all));
  }

  private Map<String, Double> ofClasses(int classes, Vectors probabilities) throws IOException {
    int[] all = new int[classes];
    for (int label : ClassAccuracy.mostProbable(probabilities, classes)) {
      all[label]++;
    }
    return Map.of(
        name("modes-covered"),
        covered(all),
        name("modes-total"),
        (double) classes,
        name("kl-to-uniform"),
        divergenceFromUniform(all));
  }

  private double covered(int[] counts) {
    return Arrays.stream(counts).filter(n -> n >= minCount).count();
  }

  private static double divergenceFromUniform(int[] counts) {
    int total = Arrays.stream(counts).sum();
    double divergence = 0;
    for (int count : counts) {
      double share = count / (double) total;
      divergence += count == 0 ? 0 : share * Math.log(share * counts.length);
    }
    return divergence;
  }
}
