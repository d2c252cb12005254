package io.ddgan.train.checkpoint;

import io.ddgan.internal.file.Sha256;
import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The checkpoints of a run: the latest ones, and the best one if it is kept. */
public final class RunCheckpoints {

  private final RunFolder folder;
  private final CheckpointStore best;
  private final SortedMap<Long, CheckpointStore> stores = new TreeMap<>();

  private RunCheckpoints(RunFolder folder, CheckpointStore best) {
    this.folder = folder;
    this.best = best;
  }

  /** Finds the checkpoints of a run. */
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
          "the run %s has no checkpoint yet; train it with train --resume"
              .formatted(folder.root()));
    }
    return found;
  }

  /** Returns the step of a run's latest checkpoint; 0 if it has none. */
  public static long done(RunFolder folder) throws IOException {
    return new CheckpointStore(folder.checkpoints()).latest().orElse(0);
  }

  /** Returns the steps of all checkpoints, in ascending order. */
  public List<Long> steps() {
    return List.copyOf(stores.keySet());
  }

  /** Returns the step of the latest checkpoint. */
  public long latest() {
    return stores.lastKey();
  }

  /** Returns the step of the best checkpoint. */
  public long best() throws IOException {
    List<Long> steps = best.steps();
    if (steps.isEmpty()) {
      throw new IOException(
          "the run %s has no best checkpoint; train with evaluation.keep-best to keep one"
              .formatted(folder.root()));
    }
    return steps.get(steps.size() - 1);
  }

  /**
   * Returns the SHA-256 of a checkpoint's {@code state.json}, which has the hashes of its files.
   * The files are not verified.
   */
  public String hash(long step) throws IOException {
    return Sha256.of(store(step).path(step).resolve(Manifest.NAME));
  }

  /** Loads some parts of a checkpoint; the others may be damaged. */
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
