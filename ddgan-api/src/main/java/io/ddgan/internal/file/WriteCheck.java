package io.ddgan.internal.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds out before long work whether its results could be written. */
public final class WriteCheck {

  private WriteCheck() {}

  /**
   * Checks that a file or folder could be made, or replaced; its folder is made where it is
   * missing.
   *
   * @param otherwise what to do instead, such as {@code name another file with --out}
   */
  public static void require(Path file, String otherwise) throws IOException {
    Path absolute = file.toAbsolutePath().normalize();
    check(file, Optional.ofNullable(absolute.getParent()).orElse(absolute), otherwise);
  }

  /** Checks that files could be made within a folder, which is made where it is missing. */
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

  /** The last folder on the way to another one that is there. */
  private static Path nearest(Path folder) {
    Path parent = folder.getParent();
    return Files.exists(folder) || parent == null ? folder : nearest(parent);
  }
}
