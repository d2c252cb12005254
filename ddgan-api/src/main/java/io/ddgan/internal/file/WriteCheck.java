package io.ddgan.internal.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Checks before a long computation that its results can be written. */
public final class WriteCheck {

  private WriteCheck() {}

  /**
   * Checks that a file or folder can be created or replaced. Its parent folder may be missing.
   *
   * @param otherwise advice for the error, such as {@code name another file with --out}
   */
  public static void require(Path file, String otherwise) throws IOException {
    Path absolute = file.toAbsolutePath().normalize();
    check(file, Optional.ofNullable(absolute.getParent()).orElse(absolute), otherwise);
  }

  /** Checks that files can be created in a folder, which may be missing. */
  public static void requireWithin(Path folder, String otherwise) throws IOException {
    check(folder, folder.toAbsolutePath().normalize(), otherwise);
  }

  private static void check(Path file, Path above, String otherwise) throws IOException {
    Path folder = nearest(above);
    if (!Files.isDirectory(folder)) {
      throw new IOException(
          "cannot write %s: %s is in the way; remove or rename it, or %s"
              .formatted(file, folder, otherwise));
    }
    if (!Files.isWritable(folder)) {
      throw new IOException(
          "cannot write %s: permission to write in %s is denied; change its permissions, or %s"
              .formatted(file, folder, otherwise));
    }
  }

  /** Returns the folder itself or its nearest parent that exists. */
  private static Path nearest(Path folder) {
    Path parent = folder.getParent();
    return Files.exists(folder) || parent == null ? folder : nearest(parent);
  }
}
