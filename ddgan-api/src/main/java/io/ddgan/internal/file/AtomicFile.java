package io.ddgan.internal.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * Writes a file under a temporary name and renames it, so readers never see partial content. A
 * killed process leaves a hidden temporary file that nothing reads.
 */
public final class AtomicFile {

  private AtomicFile() {}

  /** Creates or replaces a file, and creates missing parent folders. */
  public static void write(Path file, FileContent content) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    // A unique name, because others may write the same file at the same time.
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

  /** Creates or replaces a text file in UTF-8, and creates missing parent folders. */
  public static void write(Path file, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    write(file, out -> out.write(bytes));
  }
}
