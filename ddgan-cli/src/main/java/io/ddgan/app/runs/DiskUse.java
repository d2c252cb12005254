package io.ddgan.app.runs;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

/**
 * What files take on disk. Those that vanish meanwhile, as in a run that trains, do not count.
 *
 * @param bytes the sum of their sizes
 * @param changed when one of them was last changed; of no file, the beginning of time
 */
public record DiskUse(long bytes, Instant changed) {

  /** Of all files below a folder, or of one file. */
  public static DiskUse of(Path folder) throws IOException {
    Adder adder = new Adder();
    Files.walkFileTree(folder, adder);
    return new DiskUse(adder.bytes, adder.changed);
  }

  private static final class Adder extends SimpleFileVisitor<Path> {

    private long bytes;
    private Instant changed = Instant.EPOCH;

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      bytes += attributes.size();
      Instant modified = attributes.lastModifiedTime().toInstant();
      // A lock changes when somebody takes it, whatever for.
      if (modified.isAfter(changed) && !file.getFileName().toString().startsWith(".")) {
        changed = modified;
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException e) {
      return FileVisitResult.CONTINUE;
    }
  }
}
