package io.ddgan.train.data;

import io.ddgan.api.Fingerprint;
import io.ddgan.file.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells files apart without reading them. */
final class FileTimes {

  private FileTimes() {}

  /** Adds what changes when a file is replaced: its path, size and time. */
  static void add(Path file, Fingerprint fingerprint) throws IOException {
    try {
      fingerprint
          .add(file.toAbsolutePath().normalize().toString())
          .add(Files.size(file))
          .add(Files.getLastModifiedTime(file).toMillis());
    } catch (IOException e) {
      throw FileErrors.reading(file, e);
    }
  }
}
