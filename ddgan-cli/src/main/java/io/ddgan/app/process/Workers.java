package io.ddgan.app.process;

import io.ddgan.api.ProcessLauncher;
import io.ddgan.api.ProcessLauncher.Capacity;
import io.ddgan.api.ProcessLauncher.Resources;
import java.util.List;
import java.util.Optional;

/**
 * The number of processes at once, and their resources.
 *
 * @param count number of processes at once, at least 1
 * @param threads threads of each, at least 1
 * @param devices GPUs, assigned to the workers in turn; empty for no choice
 */
public record Workers(int count, int threads, List<String> devices) {

  /**
   * Returns the given numbers, else those of the launcher, else one process per core or GPU.
   *
   * @param count processes at once
   * @param threads of each
   */
  public static Workers of(
      ProcessLauncher launcher,
      Optional<Integer> count,
      Optional<Integer> threads,
      List<String> devices) {
    int cores = cores();
    Optional<Capacity> capacity = launcher.capacity();
    int most = devices.isEmpty() ? cores : devices.size();
    int processes = count.or(() -> capacity.map(Capacity::processes)).orElse(most);
    int share = Math.max(1, cores / processes);
    int each = threads.or(() -> capacity.map(Capacity::threads)).orElse(share);
    return new Workers(processes, each, devices);
  }

  /**
   * Returns the number of useful threads, which the launcher script may set below the number of
   * cores.
   */
  private static int cores() {
    return Optional.ofNullable(System.getenv("OMP_NUM_THREADS"))
        .filter(count -> count.matches("[1-9]\\d{0,3}"))
        .map(Integer::valueOf)
        .orElseGet(() -> Runtime.getRuntime().availableProcessors());
  }

  /**
   * Limits the processes to the pieces of work, but to at least 1. The threads of each stay the
   * same.
   *
   * @param pieces pieces of work, at least 0
   */
  public Workers atMost(int pieces) {
    return new Workers(Math.min(count, Math.max(1, pieces)), threads, devices);
  }

  /** Returns the resources of a worker. */
  public Resources resources(int worker) {
    Optional<String> device =
        devices.isEmpty() ? Optional.empty() : Optional.of(devices.get(worker % devices.size()));
    return new Resources(threads, device, count);
  }
}
