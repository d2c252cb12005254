package io.ddgan.internal.file;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/** Turns what the operating system says about a file into one sentence that says what to do. */
public final class FileErrors {

  private FileErrors() {}

  /** The failure to read a file. */
  public static IOException reading(Path file, IOException cause) {
    return explain("read", file, cause);
  }

  /** The failure to write a file or folder. */
  public static IOException writing(Path file, IOException cause) {
    return explain("write", file, cause);
  }

  /** Whether writing has failed because a disk is full. */
  public static boolean isFull(IOException cause) {
    return says(cause, "No space left") || says(cause, "not enough space");
  }

  /** Whether the system says something, be it wrapped in what a library says. */
  private static boolean says(Throwable cause, String reason) {
    return Stream.iterate(cause, Objects::nonNull, Throwable::getCause)
        .anyMatch(each -> String.valueOf(each.getMessage()).contains(reason));
  }

  private static IOException explain(String action, Path file, IOException cause) {
    return cause instanceof ExplainedException
        ? cause
        : new ExplainedException(
            "cannot " + action + " " + file + ": " + reason(file, cause), cause);
  }

  private static String reason(Path file, IOException cause) {
    if (cause instanceof NoSuchFileException missing) {
      boolean isNamed = file.toString().equals(missing.getFile());
      return (isNamed ? "it" : missing.getFile()) + " does not exist";
    }
    if (cause instanceof CharacterCodingException) {
      return "it is not text in UTF-8";
    }
    if (cause instanceof AccessDeniedException denied) {
      return "permission to access " + denied.getFile() + " is denied; change its permissions";
    }
    if (cause instanceof FileAlreadyExistsException || cause instanceof NotDirectoryException) {
      return ((FileSystemException) cause).getFile() + " is in the way; remove or rename it";
    }
    if (isFull(cause)) {
      return "no space is left on its disk; free some and try again";
    }
    return cause instanceof FileSystemException failure
        ? Objects.requireNonNullElse(failure.getReason(), failure.getMessage())
        : String.valueOf(cause.getMessage());
  }

  private static final class ExplainedException extends IOException {

    ExplainedException(String message, IOException cause) {
      super(message, cause);
    }
  }
}
