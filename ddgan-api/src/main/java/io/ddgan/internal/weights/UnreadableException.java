package io.ddgan.internal.weights;

import io.ddgan.internal.file.FileErrors;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.ZipException;

/** Thrown if a file cannot be read. The message continues a sentence that begins with its name. */
public final class UnreadableException extends IOException {

  private static final long serialVersionUID = 1L;

  /** Creates an exception. */
  public UnreadableException(String predicate) {
    super(predicate);
  }

  UnreadableException(String predicate, Throwable cause) {
    super(predicate, cause);
  }

  static UnreadableException damaged(String why) {
    return new UnreadableException("is damaged: " + why);
  }

  static UnreadableException notLittleEndian() {
    return new UnreadableException("is big-endian; save it on a little-endian machine");
  }

  /** Returns an exception whose message begins with the file's name. */
  static IOException explain(Path file, IOException cause) {
    if (cause instanceof UnreadableException) {
      return new IOException(file + " " + cause.getMessage(), cause);
    }
    if (cause instanceof ZipException || cause instanceof EOFException) {
      return new IOException("%s is damaged: %s".formatted(file, cause.getMessage()), cause);
    }
    return FileErrors.reading(file, cause);
  }
}
