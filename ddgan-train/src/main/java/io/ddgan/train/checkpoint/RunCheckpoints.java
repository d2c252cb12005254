package io.ddgan.train.checkpoint;

import io.ddgan.internal.file.Sha256;
import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The checkpoints that a run has kept: the latest ones, and the best one if it looks for that. */
public final class RunCheckpoints {

  private final RunFolder folder;
  private final CheckpointStore best;
  private final SortedMap<Long, CheckpointStore> stores = new TreeMap<>();

  private RunCheckpoints(RunFolder folder, CheckpointStore best) {
    this.folder = folder;
    this.best = best;
  }

  /** Finds the checkpoints of a run; nothing is removed. */
  public static RunCheckpoints of(RunFolder folder) throws IOException {
    CheckpointStore latest = new CheckpointStore(folder.checkpoints());
    RunCheckpoints found = new RunCheckpoints(folder, new CheckpointStore(folder.best()));
    for (long step : found.best.steps()) {
      found.stores.put(step, found.best);
    }
    for (long step : latest.steps()) {
      found.stores.put(step, latest);
    }
    if (found.stores.isEmpty()) {
      throw new IOException(
          "the run %s has no checkpoint yet; train it first, with train --resume"
              .formatted(folder.root()));
    }
    return found;
  }

  /** The steps that a run's latest checkpoint has seen; 0 if it has none. */
  public static long done(RunFolder folder) throws IOException {
    return new CheckpointStore(folder.checkpoints()).latest().orElse(0);
  }

  /** The steps of all, from the first to the latest. */
  public List<Long> steps() {
    return List.copyOf(stores.keySet());
  }

  /** The step of the latest. */
  public long latest() {
    return stores.lastKey();
  }

  /** The step of the best. */
  public long best() throws IOException {
    List<Long> steps = best.steps();
    if (steps.isEmpty()) {
      throw new IOException(
          "the run %s has kept no best checkpoint; runs with evaluation.keep-best = NAME do"
              .formatted(folder.root()));
    }
    return steps.get(steps.size() - 1);
  }

  /**
   * SHA-256 of what a checkpoint says of its files, their hashes among it. They are not compared
   * with that.
   */
  public String hash(long step) throws IOException {
    return Sha256.of(store(step).path(step).resolve(Manifest.NAME));
  }

  /** Loads some parts of one; the others may be damaged. */
  public Checkpoint load(long step, UnaryOperator<Set<String>> choice) throws IOException {
    return store(step).load(step, choice);
  }

  private CheckpointStore store(long step) throws IOException {
    if (!stores.containsKey(step)) {
      throw new IOException(
          "the run %s has no checkpoint of step %d, only of %s"
              .formatted(folder.root(), step, steps()));
    }
    return stores.get(step);
  }
}
