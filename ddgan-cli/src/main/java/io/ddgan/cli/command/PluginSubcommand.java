package io.ddgan.cli.command;

import com.typesafe.config.Config;
import io.ddgan.api.CommandContext;
import io.ddgan.api.Model;
import io.ddgan.api.RunStatus;
import io.ddgan.app.environment.AppFolders;
import io.ddgan.app.experiment.Experiments;
import io.ddgan.app.models.Models;
import io.ddgan.app.runs.FoundRuns;
import io.ddgan.app.runs.RunOverview;
import io.ddgan.app.sampling.LoadedModel;
import io.ddgan.internal.config.Binder;
import io.ddgan.internal.config.Hocon;
import io.ddgan.plugin.RegisteredCommand;
import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Parameters;

/** A plug-in's command. It parses its own arguments. */
@Command
final class PluginSubcommand extends Subcommand implements CommandContext {

  private final RegisteredCommand plugin;
  private final AppFolders places;
  private final Binder binder;
  private final Experiments experiments;

  @Parameters(arity = "0..*", paramLabel = "ARGUMENT", description = "See below.")
  private List<String> arguments = List.of();

  @Mixin private ThreadsOption unusedThreads; // parsing checks it

  PluginSubcommand(
      RegisteredCommand plugin, AppFolders places, Binder binder, Experiments experiments) {
    this.plugin = plugin;
    this.places = places;
    this.binder = binder;
    this.experiments = experiments;
  }

  @Override
  public CommandLine commandLine() {
    CommandLine line = new CommandLine(this);
    CommandSpec words =
        line.getCommandSpec()
            .name(plugin.name())
            .addOption(
                OptionSpec.builder("-h", "--help")
                    .usageHelp(true)
                    .description("Show this help message and exit.")
                    .build());
    words
        .usageMessage()
        .description(plugin.summary().replace("%", "%%")); // picocli reads % as a format specifier
    line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_FOOTER, shown -> help());
    words
        .parser()
        .unmatchedOptionsArePositionalParams(true)
        .posixClusteredShortOptionsAllowed(false);
    return line;
  }

  /** Returns the plug-in's help for its arguments; called only when it is shown. */
  String help() {
    return plugin.command().help().stream()
        .map(line -> line + System.lineSeparator())
        .collect(Collectors.joining());
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    int code = plugin.command().run(arguments, this);
    out().flush();
    return code;
  }

  @Override
  public Path cache() {
    return places.cache();
  }

  @Override
  public Model model(Path run, Optional<Integer> batch) throws IOException {
    return LoadedModel.load(experiments, folder(run), batch);
  }

  @Override
  public Config configuration(Path run) throws IOException {
    RunFolder folder = folder(run);
    folder.requireRun();
    return Hocon.file(folder.experiment());
  }

  private static RunFolder folder(Path run) {
    return new RunFolder(Models.ofDistribution().resolve(run));
  }

  @Override
  public List<RunStatus> runs(Path folder) throws IOException {
    return FoundRuns.in(folder).stream().map(RunOverview::summary).toList();
  }

  @Override
  public <R extends Record> R read(Class<R> type, List<String> overrides) {
    return read(type, Hocon.overrides(overrides));
  }

  @Override
  public <R extends Record> R read(Class<R> type, Config configuration) {
    return binder.bind(type, configuration);
  }
}
