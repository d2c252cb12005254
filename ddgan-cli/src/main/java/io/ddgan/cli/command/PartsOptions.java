package io.ddgan.cli.command;

import io.ddgan.api.ProcessLauncher;
import io.ddgan.app.environment.AppFolders;
import io.ddgan.app.process.Workers;
import io.ddgan.app.sampling.ParallelSampling;
import io.ddgan.internal.config.Binder;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.step.StoredWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whether examples are made in parts, by how many processes, and where these run. */
final class PartsOptions {

  @Option(
      names = "--parts",
      paramLabel = "N",
      converter = Positive.class,
      description =
          "Have the examples made in N parts by processes of their own, here or, with"
              + " --launcher, elsewhere.")
  private Optional<Integer> parts = Optional.empty();

  @Option(
      names = "--workers",
      paramLabel = "N",
      converter = Positive.class,
      description =
          "Processes at once (default: for parts one for each core, for several runs one, or what"
              + " the launcher says).")
  private Optional<Integer> workers = Optional.empty();

  @Mixin private LauncherOption launcher;

  /** How many parts were asked for; empty if the examples are made in one piece. */
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
   * Has examples of a run made in the parts that were asked for.
   *
   * @param overrides {@code key=value}, of which those of the sampler count
   */
  public ParallelSampling samples(
      ProcessLauncher chosen,
      RunFolder run,
      StoredWeights weights,
      List<String> overrides,
      AppFolders places) {
    List<String> options = new ArrayList<>(places.words());
    overrides.stream().filter(word -> word.startsWith("sampler")).forEach(options::add);
    Workers hands = Workers.of(chosen, workers, Optional.empty(), List.of());
    return new ParallelSampling(
        run, weights, parts.orElseThrow(), chosen, hands, places.cache(), options);
  }

  /** How many runs are measured at once, one by each process, which here takes all cores. */
  public Workers workersOfRuns(ProcessLauncher chosen) {
    Optional<Integer> here = hasLauncher() ? Optional.empty() : Optional.of(1);
    return Workers.of(chosen, workers.or(() -> here), Optional.empty(), List.of());
  }
}
