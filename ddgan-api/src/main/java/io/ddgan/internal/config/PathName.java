package io.ddgan.internal.config;

import io.ddgan.api.RefusedException;
import io.ddgan.internal.file.TerminalEscape;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Words that users write for paths. */
public final class PathName {

  private PathName() {}

  /**
   * Parses a path.
   *
   * @throws RefusedException if the word is blank, or is no path on this system
   */
  public static Path of(String word) {
    if (word.isBlank()) { // else the working folder
      throw new RefusedException("an empty name names no file or folder");
    }
    try {
      return Path.of(word);
    } catch (InvalidPathException e) {
      throw new RefusedException(
          "'%s' cannot be a path here, %s; if it has letters beyond ASCII, set LC_ALL=C.UTF-8"
              .formatted(TerminalEscape.of(word), e.getReason()),
          e);
    }
  }

  /** Whether a word names a file or folder that is there. */
  public static boolean exists(String word) {
    try {
      return Files.exists(Path.of(word));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
