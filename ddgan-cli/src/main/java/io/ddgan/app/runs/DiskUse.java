package io.ddgan.app.runs;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Path;
import org.apache.commons.io.file.CountingPathVisitor;
import org.apache.commons.io.file.PathUtils;

/** What files take on disk. */
public final class DiskUse {

  private DiskUse() {}

  /** Of all files below a folder; those that vanish meanwhile, as in a training, do not count. */
  public static long bytes(Path folder) throws IOException {
    CountingPathVisitor visitor =
        new CountingPathVisitor.Builder()
            .setVisitFileFailedFunction((file, e) -> FileVisitResult.CONTINUE)
            .get();
    return PathUtils.visitFileTree(visitor, folder).getPathCounters().getByteCounter().get();
  }
}
