package io.ddgan.internal.config;

import io.ddgan.api.RefusedException;
import io.ddgan.internal.file.TerminalEscape;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Parses paths given by users. */
public final class PathName {

  private PathName() {}

  /**
   * Parses a path.
   *
   * @throws RefusedException if the word is blank or not a valid path on this system
   */
  public static Path of(String word) {
    if (word.isBlank()) { // otherwise it would be the working folder
      throw new RefusedException("the path is empty; give the name of a file or folder");
    }
    try {
      return Path.of(word);
    } catch (InvalidPathException e) {
      throw new RefusedException(
          "'%s' is not a valid path (%s); if it has non-ASCII letters, set LC_ALL=C.UTF-8"
              .formatted(TerminalEscape.of(word), e.getReason()),
          e);
    }
  }

  /** Returns whether a word is the path of an existing file or folder. */
  public static boolean exists(String word) {
    try {
      return Files.exists(Path.of(word));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
