package io.ddgan.internal.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * Writes a file under a temporary name and renames it, so that nobody ever sees half of it. A
 * process that is killed meanwhile leaves a hidden file, which nothing reads.
 */
public final class AtomicFile {

  private AtomicFile() {}

  /** Creates or replaces a file and, where needed, the folders above it. */
  public static void write(Path file, FileContent content) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    // A unique name, as others may write the file at the same time.
    Path part = folder.resolve(".%s.%s.part".formatted(file.getFileName(), UUID.randomUUID()));
    try {
      Files.createDirectories(folder);
      try {
        DurableFile.write(part, content);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException | RuntimeException e) {
        Files.deleteIfExists(part);
        throw e;
      }
      DurableFile.force(folder);
    } catch (IOException e) {
      throw FileErrors.writing(file, e);
    }
  }

  /** Creates or replaces a file of text in UTF-8 and, where needed, the folders above it. */
  public static void write(Path file, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    write(file, out -> out.write(bytes));
  }
}
