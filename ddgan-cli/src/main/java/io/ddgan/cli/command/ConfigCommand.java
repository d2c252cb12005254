package io.ddgan.cli.command;

import io.ddgan.app.experiment.Experiments;
import io.ddgan.internal.config.HoconRenderer;
import jakarta.inject.Inject;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Parameters;

/** {@code ddgan config}: prints an experiment with all defaults. */
@Command(name = "config", description = "Print the resolved configuration of an experiment.")
final class ConfigCommand extends Subcommand {

  private final Experiments experiments;
  private final HoconRenderer renderer;

  @Parameters(
      index = "0",
      paramLabel = "PRESET|FILE",
      description = "Experiment to print: a preset or a file.")
  private String presetOrFile;

  @Parameters(
      index = "1..*",
      paramLabel = "KEY=VALUE",
      arity = "0..*",
      description = "Override a key, such as schedule.steps=2.")
  private List<String> overrides = List.of();

  @Inject
  ConfigCommand(Experiments experiments, HoconRenderer renderer) {
    this.experiments = experiments;
    this.renderer = renderer;
  }

  @Override
  public Integer call() {
    out().print(renderer.render(experiments.read(presetOrFile, overrides)));
    out().flush();
    return ExitCode.OK;
  }
}
