package io.ddgan.cli.terminal;

import io.ddgan.api.ProcessGroup;
import io.ddgan.api.RefusedException;
import io.ddgan.app.environment.Failure;
import io.ddgan.config.ConfigurationException;
import io.ddgan.internal.file.InUseException;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Prints errors, one line per problem, and chooses exit codes. */
public final class Errors implements IParameterExceptionHandler, IExecutionExceptionHandler {

  /** The system's EX_TEMPFAIL: the same command may succeed later. */
  public static final int TRY_LATER = 75;

  private final BooleanSupplier stackTrace;

  public Errors(BooleanSupplier stackTrace) {
    this.stackTrace = stackTrace;
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    String help = "; see %s --help".formatted(command.getCommandSpec().qualifiedName());
    report(e, message(e, command) + help, command.getErr());
    return ExitCode.USAGE;
  }

  private static String message(ParameterException e, CommandLine command) {
    if (e.getCause() instanceof RefusedException refused) { // thrown by a type converter
      return refused.getMessage();
    }
    if (!(e instanceof UnmatchedArgumentException unmatched)) {
      return e.getMessage();
    }
    String text =
        command.getParent() == null && !unmatched.isUnknownOption()
            ? "no such command '%s'".formatted(unmatched.getUnmatched().get(0))
            : e.getMessage();
    List<String> suggestions = unmatched.getSuggestions();
    return suggestions.isEmpty()
        ? text
        : "%s; did you mean '%s'?".formatted(text, suggestions.get(0));
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    return failed(e, command.getErr());
  }

  /**
   * Prints an error; for a bug or on request with its stack trace, which names the jar of a
   * plug-in's class.
   *
   * @return the exit code
   */
  public int failed(Throwable e, PrintWriter err) {
    Failure failure = new Failure(e);
    Throwable cause = failure.cause();
    print(cause, failure.message(), failure.isBug() || stackTrace.getAsBoolean(), err);
    if (cause instanceof InUseException || cause instanceof ProcessGroup.LostException) {
      return TRY_LATER;
    }
    return cause instanceof ConfigurationException ? ExitCode.USAGE : ExitCode.SOFTWARE;
  }

  /** Prints a message, on request with a stack trace. */
  public void report(Throwable e, String message, PrintWriter err) {
    print(e, message, stackTrace.getAsBoolean(), err);
  }

  private static void print(Throwable e, String message, boolean withTrace, PrintWriter err) {
    message.lines().forEach(line -> err.println("ddgan: " + line));
    if (withTrace) {
      e.printStackTrace(err);
    }
  }
}
