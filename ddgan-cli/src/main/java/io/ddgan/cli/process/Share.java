package io.ddgan.cli.process;

import java.util.Map;
import java.util.Optional;

/**
 * The part of a machine that a process may use.
 *
 * @param processes number of such processes that share the machine, at least 1
 * @param threads threads that each computes with, at least 1
 * @param device the GPU, as {@code CUDA_VISIBLE_DEVICES} names it; empty for what is found
 */
public record Share(int processes, int threads, Optional<String> device) {

  private static final double HEAP_PERCENTAGE = 25;

  /** The whole of it. */
  public static Share whole(int threads) {
    return new Share(1, threads, Optional.empty());
  }

  /** Tells a process, by its environment, what is its share. */
  void apply(Map<String, String> environment) {
    environment.put("OMP_NUM_THREADS", Integer.toString(threads));
    if (processes > 1) { // each would bind its threads to the same cores
      environment.put("OMP_PROC_BIND", "false");
      environment.remove("OMP_PLACES");
    }
    device.ifPresent(name -> environment.put("CUDA_VISIBLE_DEVICES", name));
  }

  String heapOption() {
    return "-XX:MaxRAMPercentage=" + HEAP_PERCENTAGE / processes;
  }
}
