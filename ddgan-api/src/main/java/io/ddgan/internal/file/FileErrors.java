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

/** Turns errors of the operating system into messages that say what to do. */
public final class FileErrors {

  private FileErrors() {}

  /** Returns the exception for a file that cannot be read. */
  public static IOException reading(Path file, IOException cause) {
    return explain("read", file, cause);
  }

  /** Returns the exception for a file or folder that cannot be written. */
  public static IOException writing(Path file, IOException cause) {
    return explain("write", file, cause);
  }

  /** Returns whether writing failed because a disk is full. */
  public static boolean isFull(IOException cause) {
    return mentions(cause, "No space left") || mentions(cause, "not enough space");
  }

  /** Returns whether the message of an exception or of any of its causes contains the text. */
  private static boolean mentions(Throwable cause, String text) {
    return Stream.iterate(cause, Objects::nonNull, Throwable::getCause)
        .anyMatch(each -> String.valueOf(each.getMessage()).contains(text));
  }

  private static IOException explain(String action, Path file, IOException cause) {
    return cause instanceof ExplainedException
        ? cause
        : new ExplainedException(
            "cannot " + action + " " + file + ": " + reason(file, cause), cause);
  }

  /** Returns why a file cannot be accessed. */
  public static String reason(Path file, IOException cause) {
    if (cause instanceof NoSuchFileException missing) {
      boolean isNamed = file.toString().equals(missing.getFile());
      return (isNamed ? "it" : missing.getFile()) + " does not exist";
    }
    if (cause instanceof CharacterCodingException) {
      return "it is not UTF-8 text";
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
