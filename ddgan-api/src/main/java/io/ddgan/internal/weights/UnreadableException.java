package io.ddgan.internal.weights;

import io.ddgan.internal.file.FileErrors;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.ZipException;

/** Why a file cannot be read, as the rest of a sentence that begins with its name. */
public final class UnreadableException extends IOException {

  private static final long serialVersionUID = 1L;

  /** Says it. */
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
    return new UnreadableException(
        "was saved on a machine that is not little-endian; save it again on one that is");
  }

  /** Why a file cannot be read, as a sentence that names it. */
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
