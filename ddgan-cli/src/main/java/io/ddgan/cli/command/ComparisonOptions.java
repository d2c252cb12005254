package io.ddgan.cli.command;

import io.ddgan.internal.file.Writable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What is compared with. */
final class ComparisonOptions {

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

  /** The name of what is compared with, if one was given. */
  Optional<String> reference() {
    return reference;
  }

  /**
   * The file that statistics are written to, if they are.
   *
   * @throws IOException if it cannot be written
   */
  Optional<Path> saved() throws IOException {
    if (saved.isPresent()) {
      Subcommand.require(
          command,
          saved.get().toString().endsWith(".npz"),
          "--save-reference is a file that ends in .npz, not " + saved.get());
      Writable.require(saved.get(), "name another file with --save-reference");
    }
    return saved;
  }
}
