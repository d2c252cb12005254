package io.ddgan.slurm;

import io.ddgan.slurm.ArrayFolders.Task;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The states of arrays' tasks in Slurm, polled every few seconds. While the controller is
 * unreachable, the last known states are used.
 */
final class SlurmQueue {

  private static final Duration POLL_INTERVAL = Duration.ofSeconds(3);

  /** Maximum time without an answer from the controller before the sweep fails. */
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private static final String FORMAT = "Name:|,ArrayTaskID:|,ArrayJobID:|,State:|,exit_code:|";

  /** Offset of exit codes for signals, as in a shell. */
  private static final int SIGNALLED = 128;

  private Map<Task, Entry> entries = Map.of();
  private boolean isCurrent;
  private long polled = System.nanoTime() - POLL_INTERVAL.toNanos();
  private long answered = System.nanoTime();

  /** Slurm's final states of a task. In all others it waits, runs or is about to run again. */
  private static final Set<String> ENDS =
      Set.of(
          "COMPLETED",
          "FAILED",
          "OUT_OF_MEMORY",
          "CANCELLED",
          "TIMEOUT",
          "DEADLINE",
          "PREEMPTED",
          "NODE_FAIL",
          "BOOT_FAIL");

  /** An entry; its exit code is the script's, with the signal that ended it after a colon. */
  private record Entry(String job, String state, String exitCode) {

    OptionalInt code() {
      String[] parts = exitCode.split(":", -1);
      return switch (state) {
        case "COMPLETED" -> OptionalInt.of(0);
        case "OUT_OF_MEMORY" -> OptionalInt.of(1);
        case "FAILED" ->
            OptionalInt.of(
                parts[1].equals("0")
                    ? Integer.parseInt(parts[0])
                    : SIGNALLED + Integer.parseInt(parts[1]));
        default -> OptionalInt.empty(); // not caused by the trial
      };
    }
  }

  /**
   * Returns whether a task waits or runs; true if Slurm has not been queried since the last change.
   *
   * @param arrays all arrays to query
   * @throws IOException if Slurm has been unreachable for too long
   */
  boolean isActive(Task task, Collection<String> arrays) throws IOException {
    if (isTimeAfter(polled)) {
      poll(arrays);
    }
    Entry known = entries.get(task);
    return known == null ? !isCurrent : !ENDS.contains(known.state());
  }

  /** Returns why Slurm ended a task, if the trial did not end itself. */
  Optional<String> reason(Task task) {
    return Optional.ofNullable(entries.get(task))
        .map(Entry::state)
        .filter(state -> !state.equals("COMPLETED") && !state.equals("FAILED"))
        .map(state -> "ended by Slurm: " + state);
  }

  /** Returns the exit code of a task that has ended, as a shell reports it, if known. */
  OptionalInt exitCode(Task task) {
    return Optional.ofNullable(entries.get(task)).map(Entry::code).orElse(OptionalInt.empty());
  }

  /** Returns a task's job id for {@code scancel}, if known. */
  Optional<String> jobId(Task task) {
    return Optional.ofNullable(entries.get(task)).map(e -> e.job() + "_" + task.index());
  }

  /** Makes the next query poll, as something has changed. */
  void changed() {
    isCurrent = false;
    polled = System.nanoTime() - POLL_INTERVAL.toNanos();
  }

  private void poll(Collection<String> arrays) throws IOException {
    try {
      entries = arrays.isEmpty() ? Map.of() : read(ask(arrays));
      isCurrent = true;
      answered = System.nanoTime();
    } catch (SlurmCommand.UnreachableException e) {
      endure(e);
    }
    polled = System.nanoTime();
  }

  /**
   * Returns whether it is time to retry after the controller was unreachable.
   *
   * @param tried time of the last try
   */
  static boolean isTimeAfter(long tried) {
    return System.nanoTime() - tried >= POLL_INTERVAL.toNanos();
  }

  /** Tolerates an unreachable controller for a while. */
  void endure(SlurmCommand.UnreachableException e) throws SlurmCommand.UnreachableException {
    if (System.nanoTime() - answered > PATIENCE.toNanos()) {
      throw e;
    }
  }

  private static String ask(Collection<String> arrays) throws IOException {
    return SlurmCommand.run(
        List.of(
            "squeue",
            "--noheader",
            "--array",
            "--states=all",
            "--name=" + String.join(",", arrays),
            "--Format=" + FORMAT));
  }

  private static Map<Task, Entry> read(String output) {
    Map<Task, Entry> entries = new HashMap<>();
    output
        .lines()
        .map(line -> line.split("\\|", -1))
        .filter(cells -> cells.length > 4 && cells[1].strip().matches("\\d+"))
        .forEach(
            cells ->
                entries.put(
                    new Task(cells[0].strip(), Integer.parseInt(cells[1].strip())),
                    new Entry(cells[2].strip(), cells[3].strip(), cells[4].strip())));
    return entries;
  }
}
