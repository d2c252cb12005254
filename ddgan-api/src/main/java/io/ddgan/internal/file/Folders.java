package io.ddgan.internal.file;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.file.CountingPathVisitor;
import org.apache.commons.io.file.PathUtils;

/** Makes folders, and measures them. */
public final class Folders {

  private Folders() {}

  /** Makes a folder, and those above it, where there is none. */
  public static void make(Path folder) throws IOException {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw FileErrors.writing(folder, e);
    }
  }

  /** Bytes of all files below a folder, without those that vanish meanwhile, as in a training. */
  public static long bytes(Path folder) throws IOException {
    CountingPathVisitor visitor =
        new CountingPathVisitor.Builder()
            .setVisitFileFailedFunction((file, e) -> FileVisitResult.CONTINUE)
            .get();
    return PathUtils.visitFileTree(visitor, folder).getPathCounters().getByteCounter().get();
  }
}
