package io.ddgan.cli.options;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** The options of all commands. */
public final class CommonOptions {

  /** System property with the plug-in folder that the launcher passes on. */
  public static final String PLUGINS_PROPERTY = "ddgan.plugins";

  /** System property with the folder for what evaluations learn, for tests. */
  public static final String CACHE_PROPERTY = "ddgan.cache";

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

  private boolean asksForHelp;

  private CommonOptions() {}

  /**
   * Finds them in a command line whose commands are not known yet, as plug-ins add some. What is
   * wrong with it is left for the parser that knows them.
   */
  public static CommonOptions of(String... args) {
    CommonOptions options = new CommonOptions();
    CommandLine line = new CommandLine(options).setUnmatchedArgumentsAllowed(true);
    line.getCommandSpec().mixinStandardHelpOptions(true).parser().collectErrors(true);
    ParseResult parsed = line.parseArgs(args);
    options.asksForHelp = parsed.isUsageHelpRequested() || parsed.isVersionHelpRequested();
    return options;
  }

  /** The options for that parser and for the help; their values are known by then. */
  public static CommandSpec spec() {
    return CommandSpec.forAnnotatedObject(new CommonOptions());
  }

  /** The folder of plug-ins, if there is one. */
  public Optional<Path> plugins() {
    return plugins.or(CommonOptions::launchersPlugins);
  }

  private static Optional<Path> launchersPlugins() {
    return Optional.ofNullable(System.getProperty(PLUGINS_PROPERTY))
        .map(Path::of)
        .filter(Files::isDirectory);
  }

  /** The folder for what evaluations learn once. */
  public Path cache() {
    return cache
        .or(() -> Optional.ofNullable(System.getProperty(CACHE_PROPERTY)).map(Path::of))
        .orElseGet(
            () ->
                Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                    .filter(folder -> !folder.isBlank())
                    .map(Path::of)
                    .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
                    .resolve("ddgan"));
  }

  /** Whether errors say where in the program they come from. */
  public boolean stackTrace() {
    return stackTrace;
  }

  /** Whether nothing is to be done but to show help or the version. */
  public boolean asksForHelp() {
    return asksForHelp;
  }

  /** The options as they were given, for another process. */
  public List<String> words() {
    List<String> options = new ArrayList<>();
    plugins.ifPresent(folder -> options.addAll(List.of("--plugins", folder.toString())));
    cache.ifPresent(folder -> options.addAll(List.of("--cache", folder.toString())));
    return options;
  }
}
