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

  /** The exit code is that of the task's script and, after a colon, the signal that ended it. */
  private record Entry(String job, TaskState state, String exitCode) {

    OptionalInt code() {
      if (state != TaskState.FAILED || !exitCode.matches("\\d+:\\d+")) {
        return state.exitCode();
      }
      int colon = exitCode.indexOf(':');
      int signal = Integer.parseInt(exitCode.substring(colon + 1));
      int code = Integer.parseInt(exitCode.substring(0, colon));
      return OptionalInt.of(signal > 0 ? SIGNALLED + signal : code);
    }
  }

  /**
   * The state of a task. One of which Slurm could not be asked since the last change counts as
   * active.
   *
   * @param arrays all arrays that may be asked for
   * @throws IOException if Slurm cannot be asked, for long
   */
  TaskState state(Task task, Collection<String> arrays) throws IOException {
    if (isTimeAfter(looked)) {
      look(arrays);
    }
    Optional<TaskState> known = Optional.ofNullable(entries.get(task)).map(Entry::state);
    return known.orElse(isCurrent ? TaskState.GONE : TaskState.ACTIVE);
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
                    new Entry(cells[2].strip(), TaskState.of(cells[3].strip()), cells[4].strip())));
    return entries;
  }
}
