package io.ddgan.slurm;

import io.ddgan.api.TrialLauncher.Handle;
import io.ddgan.api.TrialLauncher.Request;
import io.ddgan.api.TrialLauncher.Session;
import io.ddgan.slurm.ArrayFolder.Task;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Queues what was launched together as one array, when it is first asked for. */
final class SlurmSession implements Session {

  /** Tasks of one array; Slurm allows 1,001 where nothing else was set. */
  private static final int MOST = 1000;

  private final SlurmLauncher settings;
  private final ArrayFolder folder;
  private final Queue queue = new Queue();
  private final Set<String> arrays;
  private final Map<String, List<Task>> earlier;
  private final Map<QueuedTrial, Request> waiting = new LinkedHashMap<>();
  private boolean isRefused;
  private long refused;

  SlurmSession(SlurmLauncher settings, ArrayFolder folder) throws IOException {
    this.settings = settings;
    this.folder = folder;
    this.arrays = new HashSet<>(folder.arrays());
    this.earlier = folder.tasks();
  }

  @Override
  public Handle launch(Request trial) {
    QueuedTrial queued = new QueuedTrial(this, Optional.empty());
    waiting.put(queued, trial);
    return queued;
  }

  @Override
  public Optional<Handle> launched(String name) throws IOException {
    for (Task task : earlier.getOrDefault(name, List.of())) {
      if (state(task) == TaskState.ACTIVE) {
        return Optional.of(new QueuedTrial(this, Optional.of(task)));
      }
    }
    return Optional.empty();
  }

  TaskState state(Task task) throws IOException {
    return queue.state(task, arrays);
  }

  OptionalInt exitCode(Task task) throws IOException {
    state(task);
    return queue.exitCode(task);
  }

  /** Takes a task out of the queue, or asks it to save and to end. */
  void cancel(Task task) throws IOException {
    state(task);
    Optional<String> number = queue.number(task);
    if (number.isPresent()) {
      Command.run(List.of("scancel", "--quiet", "--state=PENDING", number.get()));
      Command.run(
          List.of(
              "scancel", "--quiet", "--state=RUNNING", "--signal=TERM", "--batch", number.get()));
      queue.changed();
    }
  }

  /** Forgets a trial that is not queued yet. */
  void withdraw(QueuedTrial trial) {
    waiting.remove(trial);
  }

  /** Queues what waits. While the controller does not answer, it waits on. */
  void submit() throws IOException {
    if (isRefused && !Queue.isTimeAfter(refused)) {
      return;
    }
    isRefused = false;
    while (!waiting.isEmpty()) {
      List<QueuedTrial> next = waiting.keySet().stream().limit(MOST).toList();
      List<Request> trials = next.stream().map(waiting::get).toList();
      String array = folder.add(trials, settings.setup());
      try {
        int threads = trials.get(0).resources().threads(); // all trials of a sweep have as many
        Command.run(settings.sbatch(array, trials.size(), threads, folder.script(array)));
      } catch (Command.UnreachableException e) {
        folder.remove(array);
        isRefused = true;
        refused = System.nanoTime();
        queue.endure(e);
        return;
      } catch (IOException e) {
        folder.remove(array);
        throw new IOException("Slurm does not take the trials; " + e.getMessage(), e);
      }
      arrays.add(array);
      for (int i = 0; i < next.size(); i++) {
        next.get(i).queued(new Task(array, i));
        waiting.remove(next.get(i));
      }
      queue.changed();
    }
  }

  /** Removes what is left of arrays that have come to their end. */
  @Override
  public void close() throws IOException {
    submit();
    if (!waiting.isEmpty()) {
      throw new IOException(
          "Slurm's controller does not answer, so that %,d trials are not queued; try it later"
              .formatted(waiting.size()));
    }
    Set<String> ended = new HashSet<>(folder.arrays());
    for (List<Task> tasks : folder.tasks().values()) {
      for (Task task : tasks) {
        if (state(task) == TaskState.ACTIVE) {
          ended.remove(task.array());
        }
      }
    }
    for (String array : ended) {
      folder.remove(array);
    }
  }
}
