package io.ddgan.cli;

import com.google.inject.Guice;
import io.ddgan.api.DataShape;
import io.ddgan.app.models.Models;
import io.ddgan.app.process.Invocation;
import io.ddgan.app.process.LocalProcess;
import io.ddgan.cli.command.CommandModule;
import io.ddgan.cli.command.CommonOptions;
import io.ddgan.cli.command.Subcommand;
import io.ddgan.cli.terminal.Errors;
import io.ddgan.cli.terminal.StandardOutput;
import io.ddgan.internal.config.PathName;
import io.ddgan.internal.plugin.Plugins;
import io.ddgan.train.run.RunFolder;
import jakarta.inject.Inject;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The {@code ddgan} command. Each subcommand has its own class. */
@Command(
    name = "ddgan",
    description = "Train, sample and evaluate denoising diffusion GANs.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class Main implements Callable<Integer> {

  private final Set<Subcommand> subcommands;

  @Spec private CommandSpec spec;

  @Inject
  Main(Set<Subcommand> subcommands) {
    this.subcommands = subcommands;
  }

  /** Prints the help, as a subcommand is missing. */
  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return ExitCode.USAGE;
  }

  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT); // texts are English, and so are the numbers in them
    StandardOutput output = new StandardOutput(new FileOutputStream(FileDescriptor.out));
    PrintWriter out = new PrintWriter(output, true, Charset.defaultCharset());
    PrintWriter err = new PrintWriter(System.err, true, Charset.defaultCharset());
    Errors errors = new Errors(() -> false);
    Thread.setDefaultUncaughtExceptionHandler((thread, e) -> errors.failed(e, err));
    LocalProcess.endWithStarter();
    int code = run(out, err, args);
    out.flush();
    System.exit(output.exitCode(code, err));
  }

  /**
   * Runs a command line.
   *
   * @param out standard output; must flush after each line
   * @param err standard error; must flush after each line
   * @return 0 on success, 2 if the command line or a configuration is wrong, 1 otherwise
   */
  public static int run(PrintWriter out, PrintWriter err, String... args) {
    CommonOptions options = CommonOptions.of(args);
    Errors errors = new Errors(options::stackTrace);
    try (Plugins plugins = Plugins.load(options.places().plugins(), CommandModule.ownNames())) {
      plugins.rejected().forEach(plugin -> errors.report(plugin.cause(), plugin.message(), err));
      return Guice.createInjector(plugins, new CommandModule(options.places(), plugins.commands()))
          .getInstance(Main.class)
          .commandLine(errors)
          .setOut(out)
          .setErr(err)
          .execute(args);
    } catch (Throwable e) { // plug-ins may throw anything
      return errors.failed(e, err);
    }
  }

  private CommandLine commandLine(Errors errors) {
    CommandLine line = new CommandLine(this).setCommandName(Invocation.program());
    String version = Main.class.getPackage().getImplementationVersion();
    line.getCommandSpec()
        .version("ddgan " + (version == null ? "(not from a jar)" : version))
        .addMixin("options", CommonOptions.spec());
    subcommands.forEach(each -> line.addSubcommand(each.commandLine()));
    return line.addSubcommand(new CommandLine.HelpCommand())
        .registerConverter(Path.class, PathName::of)
        .registerConverter(RunFolder.class, Main::runOrModel)
        .registerConverter(DataShape.class, Main::shape)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(errors)
        .setExecutionExceptionHandler(errors);
  }

  private static RunFolder runOrModel(String word) {
    return new RunFolder(Models.ofDistribution().resolve(PathName.of(word)));
  }

  /** Parses a shape such as 3x32x32. */
  private static DataShape shape(String word) {
    return new DataShape(Arrays.stream(word.split("x")).map(Integer::valueOf).toList());
  }
}
