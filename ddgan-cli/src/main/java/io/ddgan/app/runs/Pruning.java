package io.ddgan.app.runs;

import io.ddgan.internal.file.LockFile;
import io.ddgan.train.checkpoint.CheckpointStore;
import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Frees what a run keeps on disk but does not need: checkpoints before its latest ones, and what a
 * killed process has left. The best checkpoint stays, and every file that is not one of a
 * checkpoint.
 */
public final class Pruning {

  private Pruning() {}

  /**
   * What can go.
   *
   * @param checkpoints how many folders of checkpoints, half-written ones among them
   * @param bytes what they take on disk
   */
  public record Freed(int checkpoints, long bytes) {

    /** Of two runs together. */
    public Freed plus(Freed other) {
      return new Freed(checkpoints + other.checkpoints, bytes + other.bytes);
    }
  }

  /**
   * Removes it; a process that is killed meanwhile leaves a whole run.
   *
   * @param keep how many of the latest checkpoints stay, at least 1
   * @param isPreview whether all stays, and is only counted
   */
  public static Freed prune(RunFolder run, int keep, boolean isPreview) throws IOException {
    Freed all = new Freed(0, 0);
    LockFile lock = isPreview ? null : run.resume();
    try (lock) {
      for (CheckpointStore store :
          List.of(new CheckpointStore(run.checkpoints(), keep), new CheckpointStore(run.best()))) {
        List<Path> superfluous = store.superfluous();
        all = all.plus(size(superfluous));
        if (!isPreview) {
          store.remove(superfluous);
        }
      }
    }
    return all;
  }

  private static Freed size(List<Path> folders) throws IOException {
    long bytes = 0;
    for (Path folder : folders) {
      bytes += DiskUse.bytes(folder);
    }
    return new Freed(folders.size(), bytes);
  }
}
