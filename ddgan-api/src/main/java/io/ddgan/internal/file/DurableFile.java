package io.ddgan.internal.file;

import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes files to the disk, so that a loss of power loses none that is written. In place: whoever
 * reads meanwhile sees half of one, so that it is for folders that nobody knows yet; for all others
 * there is {@link AtomicFile}.
 */
public final class DurableFile {

  private DurableFile() {}

  /**
   * Creates or replaces a file and waits until it is on the disk.
   *
   * @param file the file to be written
   * @param content what goes into it
   * @throws IOException as the operating system words it
   */
  public static void write(Path file, FileContent content) throws IOException {
    try (FileChannel channel = create(file)) {
      fill(channel, content);
    }
  }

  /** Opens a file that is new or empty. */
  static FileChannel create(Path file) throws IOException {
    return FileChannel.open(
        file,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE);
  }

  /** Writes what goes into a file and waits until it is on the disk. */
  static void fill(FileChannel channel, FileContent content) throws IOException {
    OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), Short.MAX_VALUE);
    content.writeTo(out);
    out.flush();
    channel.force(true);
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
