package io.ddgan.cli.parts;

import com.typesafe.config.Config;
import io.ddgan.api.TrialLauncher;
import io.ddgan.cli.options.Usage;
import io.ddgan.cli.process.LocalLauncher;
import io.ddgan.cli.process.Workers;
import io.ddgan.config.Binder;
import io.ddgan.config.ConfigurationException;
import io.ddgan.config.Hocon;
import io.ddgan.config.Key;
import io.ddgan.config.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whether examples are made in parts, by how many processes, and where these run. */
public final class PartsOptions {

  private static final String LAUNCHER = "launcher";

  @Option(
      names = "--parts",
      paramLabel = "N",
      description =
          "Have the examples made in so many parts by processes of their own, here or, with"
              + " --launcher, elsewhere.")
  private Optional<Integer> parts = Optional.empty();

  @Option(
      names = "--workers",
      paramLabel = "N",
      description =
          "Of --parts and of several runs, how many are worked on at once (default: of parts one for"
              + " each core, of runs one, or what the launcher says).")
  private Optional<Integer> workers = Optional.empty();

  @Option(
      names = "--launcher",
      paramLabel = "FILE",
      description =
          "A file whose launcher { ... } says where the processes run, such as a sweep's (default:"
              + " this machine).")
  private Optional<Path> file = Optional.empty();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  private record Keys(@Key("where the processes run") TrialLauncher launcher) {}

  /** Checks the numbers. */
  public void check() {
    parts.ifPresent(number -> Usage.requireAtLeast(1, command, "--parts", number));
    workers.ifPresent(number -> Usage.requireAtLeast(1, command, "--workers", number));
  }

  /** How many parts were asked for; empty if the examples are made in one piece. */
  public Optional<Integer> parts() {
    return parts;
  }

  /** How many are worked on at once. */
  public Optional<Integer> workers() {
    return workers;
  }

  /** Whether it was said where processes run. */
  public boolean hasLauncher() {
    return file.isPresent();
  }

  /**
   * Where processes run.
   *
   * @throws io.ddgan.config.ConfigurationException if the file says nothing of it, or wrong things
   */
  public TrialLauncher launcher(Binder binder) {
    if (file.isEmpty()) {
      return new LocalLauncher();
    }
    Config config = Hocon.file(file.get());
    if (!config.hasPath(LAUNCHER)) {
      throw new ConfigurationException(
          new Problem(
              file.get().toString(), LAUNCHER, "is missing, which would say where processes run"));
    }
    return binder.bind(Keys.class, config.withOnlyPath(LAUNCHER)).launcher();
  }

  /** How many parts are made at once, and with how many threads each. */
  public Workers workersOfParts(TrialLauncher launcher) {
    return Workers.of(launcher, workers, Optional.empty(), List.of());
  }

  /** The same where each process measures a run of its own, which here takes all cores. */
  public Workers workersOfRuns(TrialLauncher launcher) {
    Optional<Integer> here = file.isPresent() ? Optional.empty() : Optional.of(1);
    return Workers.of(launcher, workers.or(() -> here), Optional.empty(), List.of());
  }
}
