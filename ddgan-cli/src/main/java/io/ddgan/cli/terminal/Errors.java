package io.ddgan.cli.terminal;

import io.ddgan.api.GradientExchange;
import io.ddgan.api.RefusedException;
import io.ddgan.app.environment.Backend.BackendException;
import io.ddgan.config.ConfigurationException;
import io.ddgan.internal.file.FileErrors;
import io.ddgan.internal.file.InUseException;
import io.ddgan.internal.graph.NativeMemory;
import io.ddgan.plugin.PluginException;
import io.ddgan.train.phase.NotFiniteException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells the user what went wrong: a line for each problem, and an exit code. */
public final class Errors implements IParameterExceptionHandler, IExecutionExceptionHandler {

  /** What the system calls EX_TEMPFAIL: the same command may succeed later. */
  public static final int TRY_LATER = 75;

  private static final String BUG =
      "this is a mistake in ddgan, or in the plug-in whose jar the stack trace names; please report it with the stack trace";

  private final BooleanSupplier stackTrace;

  public Errors(BooleanSupplier stackTrace) {
    this.stackTrace = stackTrace;
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    report(e, message(e, command) + suggestion(e) + help(command), command.getErr());
    return ExitCode.USAGE;
  }

  private static String message(ParameterException e, CommandLine command) {
    return e instanceof UnmatchedArgumentException unmatched
            && command.getParent() == null
            && !unmatched.isUnknownOption()
        ? "there is no command '%s'".formatted(unmatched.getUnmatched().get(0))
        : e.getMessage();
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
    return failed(e, command.getErr());
  }

  /**
   * Tells what went wrong, whatever it is, and where if that was asked for or is a bug. The stack
   * trace of a plug-in's bug names its jar, as its class loader does.
   *
   * @return the exit code
   */
  public int failed(Throwable e, PrintWriter err) {
    Throwable cause = cause(e);
    boolean isBug = !isExpected(cause) && !(cause instanceof OutOfMemoryError);
    tell(cause, message(cause), isBug || stackTrace.getAsBoolean(), err);
    if (cause instanceof InUseException || cause instanceof GradientExchange.LostException) {
      return TRY_LATER;
    }
    return cause instanceof ConfigurationException ? ExitCode.USAGE : ExitCode.SOFTWARE;
  }

  /** What went wrong, without what code that may not throw it has wrapped it in. */
  public static Throwable cause(Throwable e) {
    return e instanceof UncheckedIOException && e.getCause() != null ? e.getCause() : e;
  }

  /** What went wrong, for users: a line for each problem. */
  public static String message(Throwable cause) {
    if (cause instanceof FileSystemException raw && raw.getFile() != null) { // a path alone
      return FileErrors.reading(Path.of(raw.getFile()), raw).getMessage();
    }
    if (isExpected(cause)) {
      return cause.getMessage();
    }
    if (cause instanceof OutOfMemoryError) {
      String message = String.valueOf(cause.getMessage());
      return "out of memory: %s; %s".formatted(full(message), remedy(message));
    }
    return "unexpected: %s; %s".formatted(cause, BUG);
  }

  /** Whether its message is all that a user needs. */
  private static boolean isExpected(Throwable cause) {
    return cause.getMessage() != null
        && (cause instanceof ConfigurationException
            || cause instanceof PluginException
            || cause instanceof IOException
            || cause instanceof BackendException
            || cause instanceof NotFiniteException
            || cause instanceof GradientExchange.LostException
            || cause instanceof RefusedException);
  }

  private static String remedy(String message) {
    return message.contains("native thread")
        ? "the system lets this process have no more threads"
        : "use smaller networks or batches, or give Java more, such as with DDGAN_OPTS=-Xmx4g";
  }

  /** Which memory is full. */
  private static String full(String message) {
    if (message.startsWith("Cannot allocate new")) { // JavaCPP, whose numbers are of one array
      return "arrays outside of Java's heap do not fit, as " + NativeMemory.now().bound();
    }
    return message.equals("Java heap space")
        ? "Java's heap of %s is full"
            .formatted(NativeMemory.text((double) Runtime.getRuntime().maxMemory()))
        : message;
  }

  /** Tells something, and on request where it comes from. */
  public void report(Throwable e, String message, PrintWriter err) {
    tell(e, message, stackTrace.getAsBoolean(), err);
  }

  private static void tell(Throwable e, String message, boolean withTrace, PrintWriter err) {
    message.lines().forEach(line -> err.println("ddgan: " + line));
    if (withTrace) {
      e.printStackTrace(err);
    }
  }
}
