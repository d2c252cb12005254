package io.ddgan.cli.terminal;

import io.ddgan.api.RefusedException;
import io.ddgan.cli.environment.Backend.BackendException;
import io.ddgan.config.ConfigurationException;
import io.ddgan.graph.NativeMemory;
import io.ddgan.plugin.PluginException;
import io.ddgan.train.phase.NotFiniteException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells the user what went wrong: a line for each problem, and an exit code. */
public final class Errors implements IParameterExceptionHandler, IExecutionExceptionHandler {

  private final BooleanSupplier stackTrace;

  public Errors(BooleanSupplier stackTrace) {
    this.stackTrace = stackTrace;
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    report(e, e.getMessage() + suggestion(e) + help(command), command.getErr());
    return ExitCode.USAGE;
  }

  private static String suggestion(ParameterException e) {
    if (!(e instanceof UnmatchedArgumentException unmatched)) {
      return "";
    }
    List<String> suggestions = unmatched.getSuggestions();
    return suggestions.isEmpty() ? "" : "; did you mean '" + suggestions.get(0) + "'?";
  }

  private static String help(CommandLine command) {
    return "; see " + command.getCommandSpec().qualifiedName() + " --help";
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    Throwable cause = cause(e);
    report(cause, message(cause), command.getErr());
    return cause instanceof ConfigurationException ? ExitCode.USAGE : ExitCode.SOFTWARE;
  }

  /** What went wrong, without what code that may not throw it has wrapped it in. */
  public static Throwable cause(Throwable e) {
    return e instanceof UncheckedIOException && e.getCause() != null ? e.getCause() : e;
  }

  /** What went wrong, for users: a line for each problem. */
  public static String message(Throwable cause) {
    boolean isExpected =
        cause instanceof ConfigurationException
            || cause instanceof PluginException
            || cause instanceof IOException
            || cause instanceof BackendException
            || cause instanceof NotFiniteException
            || cause instanceof RefusedException;
    if (isExpected) {
      return String.valueOf(cause.getMessage());
    }
    return cause instanceof OutOfMemoryError
        ? "out of memory: %s; use smaller networks or batches, or give Java more, such as with DDGAN_OPTS=-Xmx4g"
            .formatted(full(String.valueOf(cause.getMessage())))
        : "unexpected: " + cause + origin(cause);
  }

  /** Which memory is full. */
  private static String full(String message) {
    if (message.startsWith("Cannot allocate new")) { // JavaCPP, whose numbers are of one array
      return "arrays outside of Java's heap do not fit into the %s that this process may have in all"
          .formatted(NativeMemory.text((double) NativeMemory.most()));
    }
    return message.equals("Java heap space")
        ? "Java's heap of %s is full"
            .formatted(NativeMemory.text((double) Runtime.getRuntime().maxMemory()))
        : message;
  }

  /** Where an error comes from: a plug-in that it has passed, and how to see more. */
  private static String origin(Throwable e) {
    return Stream.iterate(e, Objects::nonNull, Throwable::getCause)
        .flatMap(cause -> Stream.of(cause.getStackTrace()))
        .filter(frame -> isPlugin(frame.getClassLoaderName()))
        .findFirst()
        .map(
            frame ->
                " in the plug-in %s, %s; --stacktrace shows where"
                    .formatted(frame.getClassLoaderName(), at(frame)))
        .orElse("; this is a mistake in ddgan, please report it with what --stacktrace shows");
  }

  /** Whether a class loader, by its name, is neither Java's nor the framework's. */
  private static boolean isPlugin(String loader) {
    return loader != null && !loader.equals("app") && !loader.equals("platform");
  }

  private static String at(StackTraceElement frame) {
    return frame.getClassName() + "." + frame.getMethodName();
  }

  /** The heap, or the native memory, does not suffice. */
  public int outOfMemory(OutOfMemoryError e, PrintWriter err) {
    report(e, message(e), err);
    return ExitCode.SOFTWARE;
  }

  /** Tells something, and on request where it comes from. */
  public void report(Throwable e, String message, PrintWriter err) {
    message.lines().forEach(line -> err.println("ddgan: " + line));
    if (stackTrace.getAsBoolean()) {
      e.printStackTrace(err);
    }
  }
}
