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

/** The option for the launcher of a command's processes. */
final class LauncherOption {

  private static final String LAUNCHER = "launcher";

  @Option(
      names = "--launcher",
      paramLabel = "FILE",
      description =
          "File, such as a sweep file, whose launcher { ... } block says where to run processes (default: on this machine).")
  private Optional<Path> file = Optional.empty();

  private record Keys(@Key("launcher of the processes") ProcessLauncher launcher) {}

  boolean isGiven() {
    return file.isPresent();
  }

  /**
   * Reads the launcher; the local one without the option.
   *
   * @throws ConfigurationException if the file has no launcher or an invalid one
   */
  ProcessLauncher read(Binder binder) {
    if (file.isEmpty()) {
      return new LocalLauncher();
    }
    Config config = Hocon.file(file.get());
    return binder.bind(Keys.class, config.withOnlyPath(LAUNCHER)).launcher();
  }
}
