package io.ddgan.internal.file;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.file.CountingPathVisitor;
import org.apache.commons.io.file.PathUtils;

/** Creates folders and measures their size. */
public final class Folders {

  private Folders() {}

  /** Creates a folder and its parents if they are missing. */
  public static void make(Path folder) throws IOException {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw FileErrors.writing(folder, e);
    }
  }

  /** Returns the size of all files in a folder in bytes; files deleted meanwhile do not count. */
  public static long bytes(Path folder) throws IOException {
    CountingPathVisitor visitor =
        new CountingPathVisitor.Builder()
            .setVisitFileFailedFunction((file, e) -> FileVisitResult.CONTINUE)
            .get();
    return PathUtils.visitFileTree(visitor, folder).getPathCounters().getByteCounter().get();
  }
}
