package io.ddgan.distributed;

import io.ddgan.api.DistributedTraining;
import io.ddgan.api.GradientExchange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/** Distributed training over TCP connections between all processes. */
public final class SocketTraining implements DistributedTraining {

  /** Rendezvous file in the run's folder. */
  private static final String RENDEZVOUS = "rendezvous";

  /** Seconds to wait for the other processes; a scheduler may start them one by one. */
  private static final long TIMEOUT = 600;

  @Override
  public GradientExchange meet(Path run, int rank, int size, BooleanSupplier stop)
      throws IOException {
    return new TreeAllReduce(ProcessGroup.meet(run.resolve(RENDEZVOUS), rank, size, TIMEOUT, stop));
  }
}
