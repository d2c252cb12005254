package io.ddgan.eval.classifier;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the trainings gave that nobody has to wait for: a resource each, with the name that the
 * cache would give it.
 */
final class ShippedClassifiers {

  private ShippedClassifiers() {}

  /**
   * Reads one, if it comes with the framework.
   *
   * @param name name of the file, ending in {@code .safetensors}
   */
  static Optional<Trained> read(String name) throws IOException {
    try (InputStream in = ShippedClassifiers.class.getResourceAsStream(name)) {
      if (in == null) {
        return Optional.empty();
      }
      Path folder = Files.createTempDirectory("ddgan-classifier");
      Path file = folder.resolve(name);
      try {
        Files.copy(in, file);
        return new ClassifierStore(file).read().map(Trained::copy);
      } finally {
        Files.deleteIfExists(file);
        Files.delete(folder);
      }
    }
  }
}
