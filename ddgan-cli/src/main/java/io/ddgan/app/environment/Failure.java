package io.ddgan.app.environment;

import io.ddgan.api.GradientExchange;
import io.ddgan.api.RefusedException;
import io.ddgan.config.ConfigurationException;
import io.ddgan.internal.file.FileErrors;
import io.ddgan.internal.graph.NativeMemory;
import io.ddgan.plugin.PluginException;
import io.ddgan.train.phase.NotFiniteException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/**
 * What went wrong, as users are told it.
 *
 * @param cause without what code that may not throw it has wrapped it in
 */
public record Failure(Throwable cause) {

  private static final String BUG =
      "this is a mistake in ddgan, or in the plug-in whose jar the stack trace names; please report it with the stack trace";

  public Failure {
    cause = cause instanceof UncheckedIOException ? cause.getCause() : cause;
  }

  /** A line for each problem. */
  public String message() {
    if (cause instanceof FileSystemException raw && raw.getFile() != null) { // a path alone
      return FileErrors.reading(Path.of(raw.getFile()), raw).getMessage();
    }
    if (isExpected()) {
      return cause.getMessage();
    }
    if (cause instanceof OutOfMemoryError) {
      return "out of memory: %s; use smaller networks or batches, or give Java more, such as with DDGAN_OPTS=-Xmx4g"
          .formatted(full(String.valueOf(cause.getMessage())));
    }
    return "unexpected: %s; %s".formatted(cause, BUG);
  }

  /** Whether it is a bug, of which the stack trace says more than the message. */
  public boolean isBug() {
    return !isExpected() && !(cause instanceof OutOfMemoryError);
  }

  private boolean isExpected() {
    return cause.getMessage() != null
        && (cause instanceof ConfigurationException
            || cause instanceof PluginException
            || cause instanceof IOException
            || cause instanceof NotFiniteException
            || cause instanceof GradientExchange.LostException
            || cause instanceof RefusedException);
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
}
