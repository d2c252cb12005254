package io.ddgan.train.data;

import io.ddgan.api.Fingerprint;
import io.ddgan.internal.file.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Fingerprints of small files, each of which is read once as long as it does not change. */
final class FileHashes {

  private record FileVersion(Path file, long size, FileTime time) {}

  private final Map<FileVersion, String> known = new ConcurrentHashMap<>();

  /**
   * That of a file's content.
   *
   * @throws IOException if the file cannot be read; the message names it
   */
  String of(Path file) throws IOException {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      FileVersion version =
          new FileVersion(file.toAbsolutePath().normalize(), now.size(), now.lastModifiedTime());
      String hash = known.get(version);
      if (hash == null) {
        hash = new Fingerprint().add(Files.readAllBytes(file)).hex();
        known.put(version, hash);
      }
      return hash;
    } catch (IOException e) {
      throw FileErrors.reading(file, e);
    }
  }
}
