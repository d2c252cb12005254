package io.ddgan.train;

import io.ddgan.train.checkpoint.Checkpoint;
import io.ddgan.train.checkpoint.CheckpointStore;
import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.util.OptionalLong;

/** What a run has learnt so far. */
final class LatestCheckpoint {

  private LatestCheckpoint() {}

  /**
   * Loads it.
   *
   * @throws IOException if the run has no checkpoint or it is damaged; the message says what to do
   */
  static Checkpoint load(RunFolder folder) throws IOException {
    CheckpointStore store = new CheckpointStore(folder.checkpoints(), 1); // nothing is removed
    OptionalLong latest = store.latest();
    if (latest.isEmpty()) {
      throw new IOException(
          "the run %s has no checkpoint yet; train it with: ddgan train --resume --run %s"
              .formatted(folder.root(), folder.root()));
    }
    return store.load(latest.getAsLong());
  }
}
