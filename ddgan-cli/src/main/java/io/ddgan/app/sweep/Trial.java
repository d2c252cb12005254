package io.ddgan.app.sweep;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import io.ddgan.app.experiment.KeyText;
import io.ddgan.app.experiment.WarmStart;
import io.ddgan.internal.file.AtomicFile;
import io.ddgan.train.experiment.Experiment;
import io.ddgan.train.run.RunFolder;
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
 * @param name a hash of what determines its weights and the examples that are drawn with them, the
 *     seed and the trial that it begins with included
 * @param configuration the same without seeds
 * @param evaluation a hash of what is measured of it
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
    String evaluation,
    String base,
    Set<String> shared,
    Variation variation,
    Experiment experiment,
    Optional<Trial> source,
    String text,
    Config resolved,
    Config written) {

  /**
   * A key of what an experiment begins with, in a sweep: the label of an earlier trial, which has
   * the same seed.
   */
  static final String TRIAL = "trial";

  static final String INIT_FROM_TRIAL = WarmStart.KEY + "." + TRIAL;

  /** Writes the configuration that its training reads, into the sweep's folder. */
  Path write(SweepFolder folder) throws IOException {
    String from = "";
    if (source.isPresent()) {
      Path run = folder.run(source.get().name()).root().toAbsolutePath().normalize();
      from = "%s = %s%n".formatted(WarmStart.KEY, ConfigUtil.quoteString(run.toString()));
    }
    Path file = folder.configuration(name);
    AtomicFile.write(file, text + from);
    return file;
  }

  /**
   * The command, after {@code ddgan}, that trains a run or resumes it. One that has begun keeps its
   * own configuration, since what is measured may have changed in the sweep's file.
   *
   * @param configuration that of a run that has not begun
   */
  static List<String> training(RunFolder run, Path configuration) {
    String folder = run.root().toString();
    return run.isRun()
        ? List.of("train", "--run", folder, "--resume")
        : List.of("train", configuration.toString(), "--run", folder, "--auto-resume");
  }

  /** The command, after {@code ddgan}, that measures a trained run as a trial is to be. */
  static List<String> measuring(RunFolder run, Config resolved) {
    String settings = resolved.getObject("evaluation").render(ConfigRenderOptions.concise());
    String folder = run.root().toString();
    return List.of(
        "evaluate", folder, "evaluation=" + settings, "--no-real-baseline", "--skip-existing");
  }

  /** A key's value in the resolved configuration, for people; empty if it has none. */
  public String value(String key) {
    Optional<ConfigValue> varied = Optional.ofNullable(variation.values().get(key));
    Config all = key.equals(INIT_FROM_TRIAL) ? written : resolved;
    return varied
        .or(() -> all.hasPath(key) ? Optional.of(all.getValue(key)) : Optional.empty())
        .map(KeyText::value)
        .orElse("");
  }

  /** The trial for people: its hash and what distinguishes it. */
  public String description() {
    Set<String> keys = variation.values().keySet();
    String text =
        keys.stream()
            .map(key -> KeyText.withValue(key, keys, value(key)))
            .collect(Collectors.joining(" "));
    return String.format(
        Locale.ROOT, "%s %s seed=%d", name, variation.label().orElse(text), experiment.seed());
  }
}
