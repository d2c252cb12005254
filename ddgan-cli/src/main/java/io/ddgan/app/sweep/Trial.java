package io.ddgan.app.sweep;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.ddgan.api.Metric.Measure;
import io.ddgan.app.experiment.KeyText;
import io.ddgan.app.experiment.ValueText;
import io.ddgan.app.experiment.WeightSource;
import io.ddgan.internal.config.Hocon;
import io.ddgan.internal.file.AtomicFile;
import io.ddgan.internal.file.Sha256;
import io.ddgan.train.experiment.Experiment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One training of a sweep.
 *
 * @param name a hash of the resolved configuration, which includes the seed, and of the trial that
 *     it begins with
 * @param configuration the same without seeds
 * @param base the experiment that was varied
 * @param shared keys that its block sets for all of the block's trials
 * @param variation what distinguishes it from the other trials of its block
 * @param experiment what is trained
 * @param source the trial of the same seed with whose weights it begins, if it does so
 * @param text the resolved configuration, without where the weights of that trial are
 * @param resolved that text, parsed
 * @param written what it is made of, whose values know where they were written
 */
public record Trial(
    String name,
    String configuration,
    String base,
    Set<String> shared,
    Variation variation,
    Experiment experiment,
    Optional<Trial> source,
    String text,
    Config resolved,
    Config written) {

  private static final int DIGITS = 10;
  private static final String SEED = "seed";

  /**
   * A key of what an experiment begins with, in a sweep: the label of an earlier trial, which has
   * the same seed.
   */
  static final String TRIAL = "trial";

  static final String INIT_FROM_TRIAL = WeightSource.KEY + "." + TRIAL;

  /** The trial of an experiment, which perhaps begins with the weights of another trial. */
  static Trial of(
      String base,
      Set<String> shared,
      Variation variation,
      Experiment experiment,
      Optional<Trial> source,
      String text,
      Config written) {
    Config resolved = Hocon.text(text, "trial");
    String others = resolved.withoutPath(SEED).root().render(ConfigRenderOptions.concise());
    return new Trial(
        hash(text + source.map(Trial::name).orElse("")),
        hash(others + source.map(Trial::configuration).orElse("")),
        base,
        shared,
        variation,
        experiment,
        source,
        text,
        resolved,
        written);
  }

  private static String hash(String text) {
    return Sha256.of(text).substring(0, DIGITS);
  }

  private String text(SweepFolder folder) {
    if (source.isEmpty()) {
      return text;
    }
    Path run = folder.run(source.get().name()).root().toAbsolutePath().normalize();
    return Hocon.render(
        resolved.withValue(WeightSource.KEY, ConfigValueFactory.fromAnyRef(run.toString())));
  }

  /**
   * Writes the configuration that its training reads.
   *
   * @return the file, in the sweep's folder
   */
  public Path write(SweepFolder folder) throws IOException {
    Path file = folder.configuration(name);
    AtomicFile.write(file, text(folder));
    return file;
  }

  /** A key's value in the resolved configuration, for people; empty if it has none. */
  public String value(String key) {
    Optional<ConfigValue> varied = Optional.ofNullable(variation.values().get(key));
    Config all = key.equals(INIT_FROM_TRIAL) ? written : resolved;
    return varied
        .or(() -> all.hasPath(key) ? Optional.of(all.getValue(key)) : Optional.empty())
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
                        .map(key -> KeyText.withValue(key, keys, value(key)))
                        .collect(Collectors.joining(" ")));
    return String.format(Locale.ROOT, "%s %s seed=%d", name, text, experiment.seed());
  }

  /** What is measured of it. */
  public List<Measure> measures() {
    return experiment.evaluation().measures();
  }
}
