package io.ddgan.slurm;

import io.ddgan.api.ProcessLauncher.Handle;
import io.ddgan.api.ProcessLauncher.Request;
import io.ddgan.api.ProcessLauncher.Session;
import io.ddgan.slurm.ArrayFolders.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Submits trials that are launched together as one array, and cancels stopped ones together, when
 * the session is next polled.
 */
final class SlurmSession implements Session {

  /** Maximum number of tasks in an array, within Slurm's default limit of 1,001. */
  private static final int MOST = 1000;

  private final SlurmLauncher settings;
  private final ArrayFolders folders;
  private final SlurmQueue queue = new SlurmQueue();
  private final Set<String> arrays;
  private final Map<String, List<Task>> earlier;
  private final Map<Queued, Request> waiting = new LinkedHashMap<>();
  private final Set<Task> stopping = new LinkedHashSet<>();
  private Optional<Long> unanswered = Optional.empty();

  SlurmSession(SlurmLauncher settings, ArrayFolders folders) throws IOException {
    this.settings = settings;
    this.folders = folders;
    this.arrays = new HashSet<>(folders.arrays());
    this.earlier = folders.tasks();
  }

  @Override
  public Handle launch(Request trial) {
    Queued queued = new Queued(Optional.empty());
    waiting.put(queued, trial);
    return queued;
  }

  @Override
  public Optional<Handle> attach(String name) throws IOException {
    for (Task task : earlier.getOrDefault(name, List.of())) {
      if (isActive(task)) {
        return Optional.of(new Queued(Optional.of(task)));
      }
    }
    return Optional.empty();
  }

  /** Returns the trials of earlier sessions that run or wait. */
  Set<String> active() throws IOException {
    Set<String> active = new LinkedHashSet<>();
    for (String name : earlier.keySet()) {
      if (attach(name).isPresent()) {
        active.add(name);
      }
    }
    return active;
  }

  private boolean isActive(Task task) throws IOException {
    return queue.isActive(task, arrays);
  }

  /** A trial that is, or will be, a task of an array. */
  private final class Queued implements Handle {

    private Optional<Task> task;
    private boolean isWithdrawn;

    Queued(Optional<Task> task) {
      this.task = task;
    }

    @Override
    public boolean isActive() throws IOException {
      submit();
      return !isWithdrawn && (task.isEmpty() || SlurmSession.this.isActive(task.get()));
    }

    @Override
    public OptionalInt exitCode() {
      return task.map(queue::exitCode).orElse(OptionalInt.empty());
    }

    @Override
    public Optional<String> reason() {
      return task.flatMap(queue::reason);
    }

    /** Makes the trial save and end, or removes it from the queue. */
    @Override
    public void stop() {
      if (task.isPresent()) {
        stopping.add(task.get());
      } else {
        withdraw(this);
      }
    }

    /** Stops the trial; a later sweep follows it until it has saved. */
    @Override
    public void close() {
      stop();
    }
  }

  /** Discards a trial that is not submitted yet. */
  private void withdraw(Queued trial) {
    waiting.remove(trial);
    trial.isWithdrawn = true;
  }

  /**
   * Submits and cancels what is pending; retries while the controller is unreachable.
   *
   * @throws IOException if Slurm rejects a request, which is not retried
   */
  void submit() throws IOException {
    if (unanswered.isPresent() && !SlurmQueue.isTimeAfter(unanswered.get())) {
      return;
    }
    unanswered = Optional.empty();
    try {
      stop();
      while (!waiting.isEmpty()) {
        queueSome();
      }
    } catch (SlurmCommand.UnreachableException e) {
      unanswered = Optional.of(System.nanoTime());
      queue.endure(e);
    }
  }

  private void stop() throws IOException {
    List<String> ids = new ArrayList<>();
    Set<Task> handled = new HashSet<>();
    for (Task task : stopping) {
      boolean isActive = isActive(task);
      Optional<String> id = queue.jobId(task).filter(known -> isActive);
      id.ifPresent(ids::add);
      if (!isActive || id.isPresent()) {
        handled.add(task);
      }
    }
    if (!ids.isEmpty()) {
      cancel(ids, "--state=PENDING");
      cancel(ids, "--state=RUNNING", "--signal=TERM", "--batch");
      cancel(ids, "--state=SUSPENDED");
      queue.changed();
    }
    stopping.removeAll(handled);
  }

  private static void cancel(List<String> ids, String... options) throws IOException {
    List<String> words = new ArrayList<>(List.of("scancel", "--quiet"));
    words.addAll(List.of(options));
    words.addAll(ids);
    SlurmCommand.run(words);
  }

  private void queueSome() throws IOException {
    List<Queued> next = waiting.keySet().stream().limit(MOST).toList();
    List<Request> trials = next.stream().map(waiting::get).toList();
    String array = folders.add(trials, settings.setup());
    int threads = trials.get(0).resources().threads(); // equal for all trials of a sweep
    try {
      SlurmCommand.run(settings.sbatch(array, trials.size(), threads, folders.script(array)));
    } catch (SlurmCommand.UnreachableException e) {
      folders.remove(array);
      throw e;
    } catch (IOException e) {
      folders.remove(array);
      List.copyOf(waiting.keySet()).forEach(this::withdraw);
      throw new IOException("Slurm rejects the jobs: " + e.getMessage(), e);
    }
    arrays.add(array);
    for (int i = 0; i < next.size(); i++) {
      next.get(i).task = Optional.of(new Task(array, i));
      waiting.remove(next.get(i));
    }
    queue.changed();
  }

  /** Removes the files of arrays that have ended. */
  @Override
  public void close() throws IOException {
    if (!waiting.isEmpty()) {
      throw new IOException(
          "Slurm's controller is unreachable: %,d trials are not queued; try again later"
              .formatted(waiting.size()));
    }
    submit();
    Set<String> ended = new HashSet<>(arrays);
    for (List<Task> tasks : folders.tasks().values()) {
      for (Task task : tasks) {
        if (arrays.contains(task.array()) && isActive(task)) {
          ended.remove(task.array());
        }
      }
    }
    for (String array : ended) {
      folders.remove(array);
    }
  }
}
