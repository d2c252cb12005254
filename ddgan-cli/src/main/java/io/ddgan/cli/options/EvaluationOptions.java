package io.ddgan.cli.options;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.ddgan.internal.file.Writable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What is measured, said in fewer words than with keys, and what it is compared with. */
public final class EvaluationOptions {

  private static final String METRICS = "evaluation.metrics";

  @Option(
      names = "--metrics",
      paramLabel = "NAME",
      split = ",",
      description =
          "What is measured, such as fid,precision-recall (default: what the run measures).")
  private List<String> metrics = List.of();

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "Generated examples (default: what each metric wants).")
  private Optional<Integer> samples = Optional.empty();

  @Option(
      names = "--features",
      paramLabel = "NAME",
      description =
          "What turns images into the vectors that are compared: classifier, inception, values or a"
              + " plug-in's (default: the run's).")
  private Optional<String> features = Optional.empty();

  @Option(
      names = "--reference",
      paramLabel = "DATA|FOLDER|FILE.npz|none",
      description =
          "What is compared with: a data set's type, a folder of pictures, or an .npz file with"
              + " examples or with their statistics mu and sigma (default: the run's data).")
  private Optional<String> reference = Optional.empty();

  @Option(
      names = "--save-reference",
      paramLabel = "FILE.npz",
      description = "Write the statistics mu and sigma of what is compared with.")
  private Optional<Path> saved = Optional.empty();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /** Checks that the metrics are not named in two ways, of which one would be ignored. */
  public void requireOneWay(List<String> overrides) {
    Usage.require(
        command,
        metrics.isEmpty() || overrides.stream().noneMatch(each -> each.startsWith(METRICS)),
        "--metrics and %s= both name metrics; leave one out".formatted(METRICS));
  }

  /**
   * The options as overrides.
   *
   * @param run the run's configuration, whose metrics keep their keys; empty without a run
   */
  public List<String> overrides(Config run) {
    List<String> all = new ArrayList<>();
    all.add("evaluation.every=0"); // these two are about training
    all.add("evaluation.best=null");
    if (!metrics.isEmpty()) {
      all.add(
          metrics.stream()
              .map(name -> metric(name, run))
              .collect(Collectors.joining(",", METRICS + "=[", "]")));
    }
    samples.ifPresent(number -> all.add("evaluation.samples=" + number));
    features.ifPresent(name -> all.add("evaluation.features.type=" + quoted(name)));
    return all;
  }

  /** The name of what is compared with, if one was given. */
  public Optional<String> reference() {
    return reference;
  }

  /**
   * The file that statistics are written to, if they are.
   *
   * @throws IOException if it cannot be written
   */
  public Optional<Path> savedReference() throws IOException {
    if (saved.isPresent()) {
      Usage.require(
          command,
          saved.get().toString().endsWith(".npz"),
          "--save-reference is a file that ends in .npz, not " + saved.get());
      Writable.require(saved.get(), "name another file with --save-reference");
    }
    return saved;
  }

  private static String metric(String name, Config run) {
    ConfigValue written =
        run.hasPath(METRICS) ? run.getValue(METRICS) : ConfigValueFactory.fromIterable(List.of());
    List<? extends ConfigValue> own = written instanceof ConfigList list ? list : List.of(written);
    return own.stream()
        .filter(ConfigObject.class::isInstance)
        .filter(metric -> name.equals(((ConfigObject) metric).toConfig().getString("type")))
        .map(metric -> metric.render(ConfigRenderOptions.concise()))
        .findFirst()
        .orElseGet(() -> "{type=%s}".formatted(quoted(name)));
  }

  private static String quoted(String name) {
    return ConfigUtil.quoteString(name);
  }
}
