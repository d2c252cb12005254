package io.ddgan.file;

import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes a file beside its place and renames it, so that nobody ever sees half of it. */
public final class AtomicFile {

  private AtomicFile() {}

  /** What goes into a file. */
  @FunctionalInterface
  public interface Content {

    /** Writes the content; the stream is buffered and closed by its owner. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Creates or replaces a file and, where needed, the folders above it.
   *
   * @param file the file to be written
   * @param content what goes into it
   * @throws IOException in one sentence that names the file; the old file, if any, is untouched
   */
  public static void write(Path file, Content content) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    // A name of its own, as others may write the file too.
    Path part = folder.resolve(".%s.%s.part".formatted(file.getFileName(), UUID.randomUUID()));
    try {
      Files.createDirectories(folder);
      try {
        writeThrough(part, content);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException | RuntimeException e) {
        Files.deleteIfExists(part);
        throw e;
      }
      force(folder);
    } catch (IOException e) {
      throw FileErrors.writing(file, e);
    }
  }

  /**
   * Creates or replaces a file in place and waits until it is on the disk.
   *
   * @throws IOException as the operating system words it
   */
  public static void writeThrough(Path file, Content content) throws IOException {
    try (FileChannel channel =
            FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        OutputStream out =
            new BufferedOutputStream(Channels.newOutputStream(channel), Short.MAX_VALUE)) {
      content.writeTo(out);
      out.flush();
      channel.force(true);
    }
  }

  /**
   * Waits until a folder's list of entries is on the disk.
   *
   * @throws IOException as the operating system words it
   */
  public static void force(Path folder) throws IOException {
    boolean windows = File.separatorChar == '\\';
    if (!windows) { // Windows cannot open folders and needs no such call
      try (FileChannel channel = FileChannel.open(folder)) {
        channel.force(true);
      }
    }
  }
}
