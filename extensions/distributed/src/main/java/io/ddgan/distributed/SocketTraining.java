package io.ddgan.distributed;

import io.ddgan.api.DistributedTraining;
import io.ddgan.api.GradientExchange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/** Training by processes with a TCP connection between any two of them. */
public final class SocketTraining implements DistributedTraining {

  /** File of a run in which rank 0 says where it waits for the others. */
  private static final String MEETING = "meeting";

  /** Seconds that processes wait for each other, which a scheduler may start one by one. */
  private static final long PATIENCE = 600;

  @Override
  public GradientExchange meet(Path run, int rank, int size, BooleanSupplier stop)
      throws IOException {
    return new TreeAllReduce(ProcessGroup.meet(run.resolve(MEETING), rank, size, PATIENCE, stop));
  }
}
