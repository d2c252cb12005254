package io.ddgan.app.process;

import io.ddgan.api.ProcessLauncher;
import io.ddgan.api.ProcessLauncher.Capacity;
import io.ddgan.api.ProcessLauncher.Resources;
import java.util.List;
import java.util.Optional;

/**
 * How many processes run at once, and on what.
 *
 * @param count number of processes at once, at least 1
 * @param threads threads that each computes with, at least 1
 * @param devices GPUs, dealt out to the workers in turn; empty for none in particular
 */
public record Workers(int count, int threads, List<String> devices) {

  /**
   * As many as was asked for; else as the launcher says; else one for each core or GPU.
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

  /** Cores that are worth a thread each; the ddgan script says so where that is not all of them. */
  private static int cores() {
    return Optional.ofNullable(System.getenv("OMP_NUM_THREADS"))
        .filter(count -> count.matches("[1-9]\\d{0,3}"))
        .map(Integer::valueOf)
        .orElseGet(() -> Runtime.getRuntime().availableProcessors());
  }

  /**
   * No more of them than there is work for, but one; each with the threads that it would have had.
   *
   * @param pieces of work, at least 0
   */
  public Workers atMost(int pieces) {
    return new Workers(Math.min(count, Math.max(1, pieces)), threads, devices);
  }

  /** What a worker may use. */
  public Resources resources(int worker) {
    Optional<String> device =
        devices.isEmpty() ? Optional.empty() : Optional.of(devices.get(worker % devices.size()));
    return new Resources(threads, device, count);
  }
}
