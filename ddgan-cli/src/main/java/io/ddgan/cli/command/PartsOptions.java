package io.ddgan.cli.command;

import io.ddgan.api.ProcessLauncher;
import io.ddgan.app.environment.AppFolders;
import io.ddgan.app.process.Workers;
import io.ddgan.app.sampling.ParallelSampling;
import io.ddgan.internal.config.Binder;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.step.CheckpointNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options for sampling in parts by several processes. */
final class PartsOptions {

  @Option(
      names = "--parts",
      paramLabel = "N",
      converter = Positive.class,
      description =
          "Split the sampling into N parts, each in its own process; see --workers and --launcher.")
  private Optional<Integer> parts = Optional.empty();

  @Option(
      names = "--workers",
      paramLabel = "N",
      converter = Positive.class,
      description =
          "Processes to run at once (default: the launcher's, else one per core with --parts, else one).")
  private Optional<Integer> workers = Optional.empty();

  @Mixin private LauncherOption launcher;

  /** Returns the number of parts; empty without {@code --parts}. */
  Optional<Integer> parts() {
    return parts;
  }

  Optional<Integer> workers() {
    return workers;
  }

  boolean hasLauncher() {
    return launcher.isGiven();
  }

  ProcessLauncher launcher(Binder binder) {
    return launcher.read(binder);
  }

  /**
   * Returns the sampling of a run in parts.
   *
   * @param overrides {@code key=value}; only those of the sampler are used
   */
  public ParallelSampling samples(
      ProcessLauncher chosen,
      RunFolder run,
      CheckpointNetwork weights,
      List<String> overrides,
      AppFolders places) {
    List<String> options = new ArrayList<>(places.words());
    overrides.stream().filter(word -> word.startsWith("sampler")).forEach(options::add);
    Workers processes = Workers.of(chosen, workers, Optional.empty(), List.of());
    return new ParallelSampling(
        run, weights, parts.orElseThrow(), chosen, processes, places.cache(), options);
  }

  /** Returns the number of runs evaluated at once; locally one, as a process uses all cores. */
  public Workers workersOfRuns(ProcessLauncher chosen) {
    Optional<Integer> here = hasLauncher() ? Optional.empty() : Optional.of(1);
    return Workers.of(chosen, workers.or(() -> here), Optional.empty(), List.of());
  }
}
