package io.ddgan.cli.sweep;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import io.ddgan.api.Metric.Measure;
import io.ddgan.cli.experiment.ValueText;
import io.ddgan.config.Hocon;
import io.ddgan.file.Sha256;
import io.ddgan.train.experiment.Experiment;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One training of a sweep.
 *
 * @param name a hash of the resolved configuration, which includes the seed
 * @param configuration a hash of the resolved configuration without the seed
 * @param base the experiment that was varied
 * @param shared keys that its block sets for all of the block's trials
 * @param variation what distinguishes it from the other trials of its block
 * @param experiment what is trained
 * @param text the resolved configuration
 * @param resolved the same
 * @param written what it is made of, whose values know where they were written
 */
public record Trial(
    String name,
    String configuration,
    String base,
    Set<String> shared,
    Variation variation,
    Experiment experiment,
    String text,
    Config resolved,
    Config written) {

  private static final int DIGITS = 10;
  private static final String SEED = "seed";

  /** The trial of an experiment. */
  static Trial of(
      String base,
      Set<String> shared,
      Variation variation,
      Experiment experiment,
      String text,
      Config written) {
    Config resolved = Hocon.text(text, "trial");
    String others = resolved.withoutPath(SEED).root().render(ConfigRenderOptions.concise());
    return new Trial(
        hash(text), hash(others), base, shared, variation, experiment, text, resolved, written);
  }

  private static String hash(String text) {
    return Sha256.of(text).substring(0, DIGITS);
  }

  /** A key's value in the resolved configuration, for people; empty if it has none. */
  public String value(String key) {
    Optional<ConfigValue> varied = Optional.ofNullable(variation.values().get(key));
    return varied
        .or(() -> resolved.hasPath(key) ? Optional.of(resolved.getValue(key)) : Optional.empty())
        .map(ValueText::of)
        .orElse("");
  }

  /** The trial for people: its hash and what distinguishes it. */
  public String description() {
    Set<String> keys = variation.values().keySet();
    String text =
        variation
            .label()
            .orElseGet(
                () ->
                    keys.stream()
                        .map(key -> "%s=%s".formatted(KeyText.of(key, keys), value(key)))
                        .collect(Collectors.joining(" ")));
    return String.format(Locale.ROOT, "%s %s seed=%d", name, text, experiment.seed());
  }

  /** What is measured of it. */
  public List<Measure> measures() {
    return experiment.evaluation().measures();
  }
}
