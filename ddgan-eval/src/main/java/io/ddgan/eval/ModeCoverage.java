package io.ddgan.eval;

import io.ddgan.api.Examples;
import io.ddgan.api.Metric;
import io.ddgan.api.Modes;
import io.ddgan.config.Key;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How well a mixture of known modes is covered, as in VEEGAN (Srivastava et al., 2017) and PacGAN
 * (Lin et al., 2018). A generated example belongs to the mode whose mean is nearest; it is of high
 * quality if it is not farther from there than some standard deviations. A mode is covered if it
 * has enough examples of high quality.
 *
 * <p>The values are {@code modes-covered}; {@code modes-total}; {@code high-quality-share}, the
 * share of the examples that is of high quality, in [0, 1]; and {@code kl-to-uniform}, the
 * divergence KL(share of the modes || uniform) over all examples, in nats, 0 at best.
 *
 * @param samples number of examples to be generated
 * @param deviations greatest distance of an example of high quality, in standard deviations
 * @param minCount number of examples of high quality that make a mode covered; 1 in the papers
 */
public record ModeCoverage(
    @Key(value = "number of examples to be generated", min = 1) int samples,
    @Key(
            value = "greatest distance from the mean of a good example, in standard deviations",
            min = 0)
        double deviations,
    @Key(value = "number of good examples that make a mode covered", min = 1) int minCount)
    implements Metric {

  @Override
  public Map<String, Double> evaluate(Examples generated, Examples real) throws IOException {
    Modes modes =
        real.modes()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "mode-coverage needs data whose modes are known, such as gaussians-25"));
    if (!generated.shape().equals(real.shape())) {
      throw new IllegalArgumentException(
          "mode-coverage needs examples of shape %s, not %s"
              .formatted(real.shape(), generated.shape()));
    }
    int[] all = new int[modes.centres().size()];
    int[] good = new int[all.length];
    float[] example = new float[generated.shape().size()];
    for (int i = 0; i < generated.size(); i++) {
      generated.read(i, example, 0);
      requireFinite(example, i);
      int mode = nearest(example, modes);
      all[mode]++;
      if (distance(example, modes.centres().get(mode)) <= deviations * modes.deviation()) {
        good[mode]++;
      }
    }
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("modes-covered", (double) Arrays.stream(good).filter(n -> n >= minCount).count());
    values.put("modes-total", (double) all.length);
    values.put("high-quality-share", Arrays.stream(good).sum() / (double) generated.size());
    values.put("kl-to-uniform", divergence(all, generated.size()));
    return values;
  }

  private static void requireFinite(float[] example, int index) {
    for (float value : example) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException(
            "generated example " + index + " is not finite: " + Arrays.toString(example));
      }
    }
  }

  private static int nearest(float[] example, Modes modes) {
    int nearest = 0;
    for (int mode = 1; mode < modes.centres().size(); mode++) {
      if (distance(example, modes.centres().get(mode))
          < distance(example, modes.centres().get(nearest))) {
        nearest = mode;
      }
    }
    return nearest;
  }

  private static double distance(float[] example, List<Double> centre) {
    double sum = 0;
    for (int i = 0; i < example.length; i++) {
      double difference = example[i] - centre.get(i);
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }

  private static double divergence(int[] counts, int total) {
    double divergence = 0;
    for (int count : counts) {
      double share = count / (double) total;
      divergence += count == 0 ? 0 : share * Math.log(share * counts.length);
    }
    return divergence;
  }
}
