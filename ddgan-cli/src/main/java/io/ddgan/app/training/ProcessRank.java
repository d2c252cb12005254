package io.ddgan.app.training;

import io.ddgan.train.parallel.NettyPeers;
import io.ddgan.train.parallel.Peers;
import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/**
 * A process among those that train a run together.
 *
 * @param rank its number, from 0, which keeps the run
 * @param count how many they are, at least 1
 */
public record ProcessRank(int rank, int count) {

  /** A process that trains alone. */
  public static final ProcessRank ALONE = new ProcessRank(0, 1);

  /** File of a run in which rank 0 says where it waits for the others. */
  private static final String MEETING = "meeting.json";

  /** Seconds that processes wait for each other, whom a scheduler may start one after the other. */
  private static final long PATIENCE = 600;

  /**
   * Waits until all are there.
   *
   * @param stop asked meanwhile; true ends the waiting
   * @throws IOException if they are not, after a while
   */
  Peers meet(RunFolder folder, BooleanSupplier stop) throws IOException {
    return count == 1
        ? Peers.alone()
        : NettyPeers.meet(folder.root().resolve(MEETING), rank, count, PATIENCE, stop);
  }
}
