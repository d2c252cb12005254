package io.ddgan.cli.command;

import com.google.inject.AbstractModule;
import com.google.inject.Provider;
import com.google.inject.multibindings.Multibinder;
import io.ddgan.app.environment.AppFolders;
import io.ddgan.app.experiment.Experiments;
import io.ddgan.internal.config.Binder;
import io.ddgan.plugin.RegisteredCommand;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** Binds the commands: the built-in ones, in the order of the help, then those of plug-ins. */
public final class CommandModule extends AbstractModule {

  private static final List<Class<? extends Subcommand>> OWN =
      List.of(
          TrainCommand.class,
          SweepCommand.class,
          ReproduceCommand.class,
          SampleCommand.class,
          EvaluateCommand.class,
          ReportCommand.class,
          CompareCommand.class,
          RunsCommand.class,
          ModelsCommand.class,
          PruneCommand.class,
          BenchCommand.class,
          ImportCommand.class,
          ExportCommand.class,
          ListCommand.class,
          DescribeCommand.class,
          ConfigCommand.class);

  private final AppFolders places;
  private final List<RegisteredCommand> plugins;

  public CommandModule(AppFolders places, List<RegisteredCommand> plugins) {
    this.places = places;
    this.plugins = plugins;
  }

  /** Returns the names of the built-in commands. */
  public static Set<String> ownNames() {
    return Stream.concat(OWN.stream(), Stream.of(HelpCommand.class))
        .map(command -> command.getAnnotation(Command.class).name())
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  protected void configure() {
    bind(AppFolders.class).toInstance(places);
    Multibinder<Subcommand> commands = Multibinder.newSetBinder(binder(), Subcommand.class);
    OWN.forEach(command -> commands.addBinding().to(command));
    Provider<Binder> binder = getProvider(Binder.class);
    Provider<Experiments> experiments = getProvider(Experiments.class);
    for (RegisteredCommand plugin : plugins) {
      commands
          .addBinding()
          .toProvider(() -> new PluginSubcommand(plugin, places, binder.get(), experiments.get()));
    }
  }
}
