package io.ddgan.cli;

import io.ddgan.cli.process.Lifeline;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The {@code ddgan} command. Each subcommand is a class of its own. */
@Command(
    name = "ddgan",
    description = "Denoising diffusion GANs: experiments from configurations.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      TrainCommand.class,
      SweepCommand.class,
      ReproduceCommand.class,
      SampleCommand.class,
      EvaluateCommand.class,
      ReportCommand.class,
      CompareCommand.class,
      BenchCommand.class,
      ImportCommand.class,
      ExportCommand.class,
      ListCommand.class,
      DescribeCommand.class,
      ConfigCommand.class
    })
public final class Main {

  /** System property with the plug-in folder that the launcher passes on. */
  private static final String PLUGINS_PROPERTY = "ddgan.plugins";

  /** System property with which the launcher says whether standard output is a terminal. */
  private static final String TERMINAL_PROPERTY = "ddgan.terminal";

  /** System property with the folder for what evaluations learn, for tests. */
  private static final String CACHE_PROPERTY = "ddgan.cache";

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
          "Folder for what evaluations learn once (default: ddgan in $XDG_CACHE_HOME or ~/.cache).")
  private Optional<Path> cache = Optional.empty();

  @Option(
      names = "--stacktrace",
      scope = CommandLine.ScopeType.INHERIT,
      description = "Show where in the program an error comes from.")
  private boolean stackTrace;

  @Spec private CommandSpec spec;

  private final Errors errors = new Errors(() -> stackTrace);

  private Main() {}

  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT); // texts are English, and so are the numbers in them
    PrintWriter out = new PrintWriter(System.out, true, Charset.defaultCharset());
    PrintWriter err = new PrintWriter(System.err, true, Charset.defaultCharset());
    Lifeline.hold();
    System.exit(run(out, err, args));
  }

  /**
   * Runs a command line.
   *
   * @return 0 if all went well, 2 if the command line or a configuration is wrong, 1 otherwise
   */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    Main main = new Main();
    try {
      return new CommandLine(main)
          .setOut(out)
          .setErr(err)
          .setCaseInsensitiveEnumValuesAllowed(true)
          .setParameterExceptionHandler(main.errors)
          .setExecutionExceptionHandler(main.errors)
          .execute(args);
    } catch (OutOfMemoryError e) {
      return main.errors.outOfMemory(e, err);
    }
  }

  /** Finds the components and the presets, and says which plug-ins cannot be used. */
  Assembly assemble() {
    Assembly assembly = Assembly.open(plugins.or(Main::launchersPlugins));
    assembly
        .leftOut()
        .forEach(l -> errors.report(l.cause(), l.message(), spec.commandLine().getErr()));
    return assembly;
  }

  /** The options of all commands, as they were given, for another process. */
  List<String> commonOptions() {
    List<String> options = new ArrayList<>();
    plugins.ifPresent(folder -> options.addAll(List.of("--plugins", folder.toString())));
    cache.ifPresent(folder -> options.addAll(List.of("--cache", folder.toString())));
    return options;
  }

  /** Whether standard output is a terminal. */
  static boolean isTerminal() {
    return Boolean.getBoolean(TERMINAL_PROPERTY);
  }

  /** The folder for what evaluations learn once. */
  Path cache() {
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

  /** The version that the build wrote into the jar. */
  static final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"ddgan " + (version == null ? "(not from a jar)" : version)};
    }
  }

  private static Optional<Path> launchersPlugins() {
    return Optional.ofNullable(System.getProperty(PLUGINS_PROPERTY))
        .map(Path::of)
        .filter(Files::isDirectory);
  }
}
