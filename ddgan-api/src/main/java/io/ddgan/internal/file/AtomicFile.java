package io.ddgan.internal.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Writes a file beside its place and renames it, so that nobody ever sees half of it. A process
 * that is asked to end does so when the file is whole. What a killed process has left beside it
 * goes when the file is written again.
 */
public final class AtomicFile {

  private static final String END = ".part";
  private static final int UUID_LENGTH = 36;
  private static final long LOCK = Long.MAX_VALUE - 1; // beyond the content

  private AtomicFile() {}

  /**
   * Creates or replaces a file and, where needed, the folders above it.
   *
   * @param file the file to be written
   * @param content what goes into it
   * @throws IOException in one sentence that names the file; the old file, if any, is untouched
   */
  public static void write(Path file, FileContent content) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    // A name of its own, as others may write the file too.
    Path part = folder.resolve(beginning(file) + UUID.randomUUID() + END);
    Finishing finishing = Finishing.begin();
    try (finishing) {
      Files.createDirectories(folder);
      try (FileChannel channel = DurableFile.create(part)) {
        lock(channel);
        DurableFile.fill(channel, content);
        replace(part, file);
      } catch (IOException | RuntimeException e) {
        Files.deleteIfExists(part);
        throw e;
      }
      tidy(folder, file);
      DurableFile.force(folder);
    } catch (IOException e) {
      throw FileErrors.writing(file, e);
    }
  }

  /**
   * Creates or replaces a file of text in UTF-8 and, where needed, the folders above it.
   *
   * @throws IOException as {@link #write(Path, FileContent)} does
   */
  public static void write(Path file, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    write(file, out -> out.write(bytes));
  }

  private static String beginning(Path file) {
    return "." + file.getFileName() + ".";
  }

  /** Says to others that the file is being written, not left behind; false if others say so. */
  private static boolean lock(FileChannel part) {
    try {
      return part.tryLock(LOCK, 1, false) != null;
    } catch (OverlappingFileLockException | IOException e) {
      return false;
    }
  }

  private static void replace(Path part, Path file) throws IOException {
    try {
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      if (!Files.exists(file)) {
        throw e;
      }
      // Another writer was quicker than the lock, and its content is as if it came after this one.
    }
  }

  /** Removes what processes that were killed had written of the file. */
  private static void tidy(Path folder, Path file) throws IOException {
    String beginning = beginning(file);
    DirectoryStream.Filter<Path> isPart =
        path -> {
          String name = path.getFileName().toString();
          return name.startsWith(beginning)
              && name.endsWith(END)
              && name.length() == beginning.length() + UUID_LENGTH + END.length();
        };
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, isPart)) {
      for (Path part : parts) {
        boolean isLeftBehind;
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
          isLeftBehind = lock(channel);
        } catch (IOException e) {
          isLeftBehind = false; // its writer has just ended
        }
        if (isLeftBehind) {
          Files.deleteIfExists(part);
        }
      }
    }
  }

  /**
   * Removes a file, where there is one, and what processes that were killed had written of it.
   *
   * @throws IOException as the operating system words it
   */
  public static void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
    tidy(file.toAbsolutePath().getParent(), file);
  }
}
