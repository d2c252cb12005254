package io.ddgan.app.environment;

import io.ddgan.api.ProcessGroup;
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
 * An error and its message for users.
 *
 * @param cause the error, unwrapped
 */
public record Failure(Throwable cause) {

  private static final String BUG =
      "this is a bug in ddgan, or in the plug-in named in the stack trace; please report it with the stack trace";

  public Failure {
    cause = cause instanceof UncheckedIOException ? cause.getCause() : cause;
  }

  /** Returns the message, a line for each problem. */
  public String message() {
    if (cause instanceof FileSystemException raw && raw.getFile() != null) { // a path alone
      return FileErrors.reading(Path.of(raw.getFile()), raw).getMessage();
    }
    if (isExpected()) {
      return cause.getMessage();
    }
    if (cause instanceof OutOfMemoryError) {
      return "out of memory: %s; use smaller networks or batches, or raise the limit, for example with DDGAN_OPTS=-Xmx4g"
          .formatted(full(String.valueOf(cause.getMessage())));
    }
    return "unexpected: %s; %s".formatted(cause, BUG);
  }

  /** Returns whether the error is a bug, whose stack trace is needed. */
  public boolean isBug() {
    return !isExpected() && !(cause instanceof OutOfMemoryError);
  }

  private boolean isExpected() {
    return cause.getMessage() != null
        && (cause instanceof ConfigurationException
            || cause instanceof PluginException
            || cause instanceof IOException
            || cause instanceof NotFiniteException
            || cause instanceof ProcessGroup.LostException
            || cause instanceof RefusedException);
  }

  /** Returns which memory is full. */
  private static String full(String message) {
    if (message.startsWith("Cannot allocate new")) { // JavaCPP, whose numbers are of one array
      return "arrays do not fit outside Java's heap, as " + NativeMemory.now().bound();
    }
    return message.equals("Java heap space")
        ? "Java's heap of %s is full"
            .formatted(NativeMemory.text((double) Runtime.getRuntime().maxMemory()))
        : message;
  }
}
