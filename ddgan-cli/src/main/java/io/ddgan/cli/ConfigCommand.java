package io.ddgan.cli;

import io.ddgan.config.HoconRenderer;
import io.ddgan.train.Experiment;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ddgan config}: an experiment with every default filled in. */
@Command(
    name = "config",
    description = "Print the resolved configuration of an experiment.",
    mixinStandardHelpOptions = true)
final class ConfigCommand implements Runnable {

  @Parameters(index = "0", paramLabel = "PRESET|FILE", description = "The experiment.")
  private String presetOrFile;

  @Parameters(
      index = "1..*",
      paramLabel = "KEY=VALUE",
      arity = "0..*",
      description = "Override of a key, such as schedule.steps=2.")
  private List<String> overrides = List.of();

  @ParentCommand private Main main;
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    try (Assembly assembly = main.assemble()) {
      Experiment experiment = assembly.experiment(presetOrFile, overrides);
      out.print(assembly.get(HoconRenderer.class).render(experiment));
      out.flush();
    }
  }
}
