package io.ddgan.cli.command;

import io.ddgan.app.environment.AppFolders;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options of all commands. */
public final class CommonOptions {

  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      scope = CommandLine.ScopeType.INHERIT,
      description = "Folder with further plug-ins: jars, or folders of jars.")
  private Optional<Path> plugins = Optional.empty();

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      scope = CommandLine.ScopeType.INHERIT,
      description =
          "Cache for classifiers, features and statistics (default: ddgan in $XDG_CACHE_HOME or ~/.cache).")
  private Optional<Path> cache = Optional.empty();

  @Option(
      names = "--stacktrace",
      scope = CommandLine.ScopeType.INHERIT,
      description = "Show where in the program an error comes from.")
  private boolean stackTrace;

  private CommonOptions() {}

  /**
   * Finds them in a command line whose commands are not known yet, as plug-ins add some. What is
   * wrong with it is left for the parser that knows them.
   */
  public static CommonOptions of(String... args) {
    CommonOptions options = new CommonOptions();
    CommandLine line = new CommandLine(options).setUnmatchedArgumentsAllowed(true);
    line.getCommandSpec().mixinStandardHelpOptions(true).parser().collectErrors(true);
    line.parseArgs(args);
    return options;
  }

  /** The options for that parser and for the help; their values are known by then. */
  public static CommandSpec spec() {
    return CommandSpec.forAnnotatedObject(new CommonOptions());
  }

  /** The folders that were named, and the usual ones in place of others. */
  public AppFolders places() {
    return new AppFolders(plugins, cache);
  }

  /** Whether errors say where in the program they come from. */
  public boolean stackTrace() {
    return stackTrace;
  }
}
