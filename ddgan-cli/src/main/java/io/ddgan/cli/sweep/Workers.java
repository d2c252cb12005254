package io.ddgan.cli.sweep;

import io.ddgan.api.TrialLauncher.Resources;
import java.util.List;
import java.util.Optional;

/**
 * How many trials run at once, and on what.
 *
 * @param count number of processes at once, at least 1
 * @param threads threads that each computes with, at least 1
 * @param devices GPUs, dealt out to the workers in turn; empty for none in particular
 */
public record Workers(int count, int threads, List<String> devices) {

  /** No more of them than there is work for; each with the threads that it would have had. */
  public Workers atMost(int most) {
    return new Workers(Math.min(count, most), threads, devices);
  }

  Resources resources(int worker) {
    Optional<String> device =
        devices.isEmpty() ? Optional.empty() : Optional.of(devices.get(worker % devices.size()));
    return new Resources(threads, device, count);
  }
}
