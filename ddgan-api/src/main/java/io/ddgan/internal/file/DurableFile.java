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
 * Writes files and syncs them to the disk. Concurrent readers may see partial content; use {@link
 * AtomicFile} for files that others may read.
 */
public final class DurableFile {

  private DurableFile() {}

  /** Creates or replaces a file and waits until it is on the disk. */
  public static void write(Path file, FileContent content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      OutputStream out =
          new BufferedOutputStream(Channels.newOutputStream(channel), Short.MAX_VALUE);
      content.writeTo(out);
      out.flush();
      channel.force(true);
    }
  }

  /** Waits until a folder's list of entries is on the disk. */
  public static void force(Path folder) throws IOException {
    boolean windows = File.separatorChar == '\\';
    if (!windows) { // Windows cannot open folders and needs no such call
      try (FileChannel channel = FileChannel.open(folder)) {
        channel.force(true);
      }
    }
  }
}
