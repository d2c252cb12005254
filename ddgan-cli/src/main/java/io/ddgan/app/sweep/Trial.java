package io.ddgan.app.sweep;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import io.ddgan.app.experiment.KeyText;
import io.ddgan.app.experiment.WarmStart;
import io.ddgan.internal.config.Hocon;
import io.ddgan.internal.file.AtomicFile;
import io.ddgan.internal.file.Sha256;
import io.ddgan.train.experiment.Experiment;
import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One training of a sweep.
 *
 * @param name hash of everything that affects its weights and samples, including the seed and the
 *     trial that it starts from
 * @param configuration the same hash without seeds
 * @param evaluation hash of its evaluation settings
 * @param base the varied experiment
 * @param shared keys that its block sets for all its trials
 * @param variation its keys that distinguish it within its block
 * @param experiment the experiment to train
 * @param source the trial of the same seed whose weights it starts from, if any
 * @param text the resolved configuration, without the place of the initial weights
 * @param resolved the text, parsed
 * @param written the configuration as written, with the origins of its values
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
   * The key within {@code init-from} with the label of an earlier trial, taken at the same seed.
   */
  static final String TRIAL = "trial";

  static final String INIT_FROM_TRIAL = WarmStart.KEY + "." + TRIAL;

  /** Writes the configuration for its training into the sweep's folder. */
  Path write(SweepFolder folder) throws IOException {
    String from = "";
    if (source.isPresent()) {
      Path run = folder.run(source.get().name()).root().toAbsolutePath().normalize();
      from = "%s = %s%n".formatted(WarmStart.KEY, ConfigUtil.quoteString(run.toString()));
    }
    Path file = folder.configuration(name);
    AtomicFile.write(file, withChecksum(text + from));
    return file;
  }

  private static String withChecksum(String content) {
    return "# sha256 %s\n%s".formatted(Sha256.of(content), content);
  }

  /** Reads a written configuration; throws an exception that names it if it was changed. */
  static Config read(Path file) throws IOException {
    String all = Files.exists(file) ? new String(Files.readAllBytes(file), UTF_8) : "";
    if (!all.equals(withChecksum(all.substring(all.indexOf('\n') + 1)))) {
      throw new IOException(
          file + " is missing or was changed; plan the sweep again with --plan --resume");
    }
    return Hocon.file(file);
  }

  /**
   * Returns the arguments of {@code ddgan} to train a run or resume it. A started run keeps its
   * configuration, as evaluation settings in the sweep file may have changed.
   *
   * @param configuration the configuration of a new run
   */
  static List<String> training(RunFolder run, Path configuration) {
    String folder = run.root().toString();
    return run.isRun()
        ? List.of("train", "--run", folder, "--resume")
        : List.of("train", configuration.toString(), "--run", folder, "--auto-resume");
  }

  /** Returns the arguments of {@code ddgan} to evaluate a trained run with a trial's settings. */
  static List<String> measuring(RunFolder run, Config resolved) {
    String settings = resolved.getObject("evaluation").render(ConfigRenderOptions.concise());
    String folder = run.root().toString();
    return List.of(
        "evaluate", folder, "evaluation=" + settings, "--no-real-baseline", "--skip-existing");
  }

  /** Returns a value of the resolved configuration as text; empty if it is not set. */
  public String value(String key) {
    Optional<ConfigValue> varied = Optional.ofNullable(variation.values().get(key));
    Config all = key.equals(INIT_FROM_TRIAL) ? written : resolved;
    return varied
        .or(() -> all.hasPath(key) ? Optional.of(all.getValue(key)) : Optional.empty())
        .map(KeyText::value)
        .orElse("");
  }

  /** Returns the hash, with the label or varied keys, and the seed. */
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
