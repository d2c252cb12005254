package io.ddgan.web;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Parameters;

/** The model that a command is about, on its command line. */
final class ModelArgument {

  @Parameters(paramLabel = "RUN|MODEL", description = "The run's folder, or one of ddgan models.")
  private Path run;

  /**
   * Refuses an empty name.
   *
   * @throws IllegalArgumentException if it is empty
   */
  void check() {
    Arguments.require(!run.toString().isBlank(), "an empty name names no file or folder");
  }

  /** The folder of a run, or the name of a model. */
  Path run() {
    return run;
  }

  /** What it is called: the name of its folder, also if that was given as a dot. */
  String name() {
    Path whole = run.toAbsolutePath().normalize();
    return Optional.ofNullable(whole.getFileName()).orElse(whole).toString();
  }
}
