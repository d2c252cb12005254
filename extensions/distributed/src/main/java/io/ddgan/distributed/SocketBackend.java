package io.ddgan.distributed;

import io.ddgan.api.ProcessGroup;
import io.ddgan.api.ProcessGroupBackend;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/** Distributed training over TCP connections between all processes. */
public final class SocketBackend implements ProcessGroupBackend {

  /** Rendezvous file in the run's folder. */
  private static final String RENDEZVOUS = "rendezvous";

  /** Seconds to wait for the other processes; a scheduler may start them one by one. */
  private static final long TIMEOUT = 600;

  @Override
  public ProcessGroup join(Path run, int rank, int size, BooleanSupplier stop) throws IOException {
    return new TreeAllReduce(
        RankConnections.meet(run.resolve(RENDEZVOUS), rank, size, TIMEOUT, stop));
  }
}
