package io.ddgan.cli.command;

import com.typesafe.config.Config;
import io.ddgan.api.ProcessLauncher;
import io.ddgan.app.process.LocalLauncher;
import io.ddgan.config.ConfigurationException;
import io.ddgan.config.Key;
import io.ddgan.internal.config.Binder;
import io.ddgan.internal.config.Hocon;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the processes run that a command starts. */
final class LauncherOption {

  private static final String LAUNCHER = "launcher";

  @Option(
      names = "--launcher",
      paramLabel = "FILE",
      description =
          "A file whose launcher { ... } says where the processes run, such as a sweep's (default:"
              + " this machine).")
  private Optional<Path> file = Optional.empty();

  private record Keys(@Key("where the processes run") ProcessLauncher launcher) {}

  boolean isGiven() {
    return file.isPresent();
  }

  /**
   * What starts the processes.
   *
   * @throws ConfigurationException if the file says nothing of it, or wrong things
   */
  ProcessLauncher read(Binder binder) {
    if (file.isEmpty()) {
      return new LocalLauncher();
    }
    Config config = Hocon.file(file.get());
    return binder.bind(Keys.class, config.withOnlyPath(LAUNCHER)).launcher();
  }
}
