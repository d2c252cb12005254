package io.ddgan.slurm;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

/** How a task ended, or that it has not; the names are Slurm's. */
enum TaskState {
  COMPLETED(OptionalInt.of(0), ""),
  FAILED(OptionalInt.of(1), ""),
  OUT_OF_MEMORY(OptionalInt.of(1), "Slurm ended it, as it took more than its memory"),
  CANCELLED(OptionalInt.empty(), "it was cancelled in Slurm"),
  TIMEOUT(
      OptionalInt.empty(),
      "Slurm ended it at its time limit before it had saved; give it more grace"),
  DEADLINE(OptionalInt.empty(), "Slurm ended it at its deadline"),
  PREEMPTED(OptionalInt.empty(), "Slurm preempted it"),
  NODE_FAIL(OptionalInt.empty(), "its node failed"),
  BOOT_FAIL(OptionalInt.empty(), "its node did not start"),
  /** Slurm does not know it any more. */
  GONE(OptionalInt.empty(), ""),
  /** It waits, runs, or is about to do one of them again. */
  ACTIVE(OptionalInt.empty(), "");

  private final OptionalInt exitCode;
  private final String reason;

  TaskState(OptionalInt exitCode, String reason) {
    this.exitCode = exitCode;
    this.reason = reason;
  }

  static TaskState of(String name) {
    return Arrays.stream(values())
        .filter(state -> state.name().equals(name))
        .findFirst()
        .orElse(ACTIVE);
  }

  /** As a shell would report it; empty if it is nothing that the trial has done. */
  OptionalInt exitCode() {
    return exitCode;
  }

  /** Why it ended, if that is not the trial's to tell. */
  Optional<String> reason() {
    return Optional.of(reason).filter(text -> !text.isEmpty());
  }
}
