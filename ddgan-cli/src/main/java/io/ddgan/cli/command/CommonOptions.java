package io.ddgan.cli.command;

import io.ddgan.app.environment.AppFolders;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options that all commands share. */
public final class CommonOptions {

  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      scope = CommandLine.ScopeType.INHERIT,
      description = "Load plug-ins from the jars in this folder and in its direct subfolders.")
  private Optional<Path> plugins = Optional.empty();

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      scope = CommandLine.ScopeType.INHERIT,
      description =
          "Folder for trained classifiers, computed features, and the finished parts of commands run with --parts (default: ddgan in $XDG_CACHE_HOME or ~/.cache).")
  private Optional<Path> cache = Optional.empty();

  @Option(
      names = "--stacktrace",
      scope = CommandLine.ScopeType.INHERIT,
      description = "Print the stack trace of an error.")
  private boolean stackTrace;

  private CommonOptions() {}

  /**
   * Parses the common options before plug-ins have added their commands. Errors are left to the
   * full parser.
   */
  public static CommonOptions of(String... args) {
    CommonOptions options = new CommonOptions();
    CommandLine line = new CommandLine(options).setUnmatchedArgumentsAllowed(true);
    line.getCommandSpec().mixinStandardHelpOptions(true).parser().collectErrors(true);
    line.parseArgs(args);
    return options;
  }

  /** Returns the options for the full parser and for the help; their values are ignored there. */
  public static CommandSpec spec() {
    return CommandSpec.forAnnotatedObject(new CommonOptions());
  }

  /** Returns the folders of the options, else their defaults. */
  public AppFolders places() {
    return new AppFolders(plugins, cache);
  }

  /** Returns whether stack traces are printed. */
  public boolean stackTrace() {
    return stackTrace;
  }
}
