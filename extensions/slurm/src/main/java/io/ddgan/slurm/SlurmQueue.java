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
 * What Slurm says of the tasks of some arrays, as of a few seconds ago. While its controller does
 * not answer, what it said last counts.
 */
final class SlurmQueue {

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(3);

  /** How long the controller may not answer before the sweep gives up. */
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private static final String FORMAT = "Name:|,ArrayTaskID:|,ArrayJobID:|,State:|,exit_code:|";

  /** What a shell adds to a signal. */
  private static final int SIGNALLED = 128;

  private Map<Task, Entry> entries = Map.of();
  private boolean isCurrent;
  private long looked = System.nanoTime() - BETWEEN_LOOKS.toNanos();
  private long answered = System.nanoTime();

  /** What ends a task; the names are Slurm's. Anything else waits, runs, or is about to again. */
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

  /** The exit code is that of the task's script and, after a colon, the signal that ended it. */
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
        default -> OptionalInt.empty(); // it is nothing that the trial has done
      };
    }
  }

  /**
   * Whether a task waits or runs. One of which Slurm could not be asked since the last change does.
   *
   * @param arrays all arrays that may be asked for
   * @throws IOException if Slurm cannot be asked, for long
   */
  boolean isActive(Task task, Collection<String> arrays) throws IOException {
    if (isTimeAfter(looked)) {
      look(arrays);
    }
    Entry known = entries.get(task);
    return known == null ? !isCurrent : !ENDS.contains(known.state());
  }

  /** Why a task has ended, if that is not the trial's to tell. */
  Optional<String> reason(Task task) {
    return Optional.ofNullable(entries.get(task))
        .map(Entry::state)
        .filter(state -> !state.equals("COMPLETED") && !state.equals("FAILED"))
        .map(state -> "Slurm has ended it: " + state);
  }

  /** The exit code of a task that has ended, as a shell would report it, if it is known. */
  OptionalInt exitCode(Task task) {
    return Optional.ofNullable(entries.get(task)).map(Entry::code).orElse(OptionalInt.empty());
  }

  /** The number of a task, as {@code scancel} takes it, if Slurm has said it. */
  Optional<String> jobId(Task task) {
    return Optional.ofNullable(entries.get(task)).map(e -> e.job() + "_" + task.index());
  }

  /** Looks again at the next question, since something has changed. */
  void changed() {
    isCurrent = false;
    looked = System.nanoTime() - BETWEEN_LOOKS.toNanos();
  }

  private void look(Collection<String> arrays) throws IOException {
    try {
      entries = arrays.isEmpty() ? Map.of() : read(ask(arrays));
      isCurrent = true;
      answered = System.nanoTime();
    } catch (SlurmCommand.UnreachableException e) {
      endure(e);
    }
    looked = System.nanoTime();
  }

  /**
   * Whether it is time to try again what the controller did not answer.
   *
   * @param tried when it was tried last
   */
  static boolean isTimeAfter(long tried) {
    return System.nanoTime() - tried >= BETWEEN_LOOKS.toNanos();
  }

  /** Puts up with a controller that does not answer, for a while. */
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

  private static Map<Task, Entry> read(String said) {
    Map<Task, Entry> entries = new HashMap<>();
    said.lines()
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
