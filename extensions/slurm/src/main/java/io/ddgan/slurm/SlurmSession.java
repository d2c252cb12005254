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
 * Queues what was launched together as one array, and takes together out of the queue what is
 * stopped, when it is first asked for its trials after that.
 */
final class SlurmSession implements Session {

  /** Tasks of one array; Slurm allows 1,001 where nothing else was set. */
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
  public Optional<Handle> launched(String name) throws IOException {
    for (Task task : earlier.getOrDefault(name, List.of())) {
      if (isActive(task)) {
        return Optional.of(new Queued(Optional.of(task)));
      }
    }
    return Optional.empty();
  }

  /** The trials of earlier sessions that run or wait. */
  Set<String> active() throws IOException {
    Set<String> active = new LinkedHashSet<>();
    for (String name : earlier.keySet()) {
      if (launched(name).isPresent()) {
        active.add(name);
      }
    }
    return active;
  }

  private boolean isActive(Task task) throws IOException {
    return queue.isActive(task, arrays);
  }

  /** A trial that is, or is about to be, a task of an array. */
  private final class Queued implements Handle {

    private Optional<Task> task;
    private boolean isWithdrawn;

    Queued(Optional<Task> task) {
      this.task = task;
    }

    @Override
    public boolean isRunning() throws IOException {
      submit();
      return !isWithdrawn && (task.isEmpty() || isActive(task.get()));
    }

    @Override
    public OptionalInt exitCode() {
      return task.map(queue::exitCode).orElse(OptionalInt.empty());
    }

    @Override
    public Optional<String> reason() {
      return task.flatMap(queue::reason);
    }

    /** It saves and ends, or leaves the queue. */
    @Override
    public void stop() {
      if (task.isPresent()) {
        stopping.add(task.get());
      } else {
        withdraw(this);
      }
    }

    /** One that still runs saves and ends when it can; the next sweep follows it until then. */
    @Override
    public void close() {
      stop();
    }
  }

  /** Forgets a trial that is not queued yet. */
  private void withdraw(Queued trial) {
    waiting.remove(trial);
    trial.isWithdrawn = true;
  }

  /**
   * Tells Slurm what it was not told yet. While the controller does not answer, that waits on.
   *
   * @throws IOException if Slurm refuses it, which is not tried again
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
    Set<Task> told = new HashSet<>();
    for (Task task : stopping) {
      boolean isActive = isActive(task);
      Optional<String> id = queue.jobId(task).filter(known -> isActive);
      id.ifPresent(ids::add);
      if (!isActive || id.isPresent()) {
        told.add(task);
      }
    }
    if (!ids.isEmpty()) {
      cancel(ids, "--state=PENDING");
      cancel(ids, "--state=RUNNING", "--signal=TERM", "--batch");
      cancel(ids, "--state=SUSPENDED");
      queue.changed();
    }
    stopping.removeAll(told);
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
    int threads = trials.get(0).resources().threads(); // all trials of a sweep have as many
    try {
      SlurmCommand.run(settings.sbatch(array, trials.size(), threads, folders.script(array)));
    } catch (SlurmCommand.UnreachableException e) {
      folders.remove(array);
      throw e;
    } catch (IOException e) {
      folders.remove(array);
      List.copyOf(waiting.keySet()).forEach(this::withdraw);
      throw new IOException("Slurm takes no jobs; " + e.getMessage(), e);
    }
    arrays.add(array);
    for (int i = 0; i < next.size(); i++) {
      next.get(i).task = Optional.of(new Task(array, i));
      waiting.remove(next.get(i));
    }
    queue.changed();
  }

  /** Removes what is left of arrays that have come to their end. */
  @Override
  public void close() throws IOException {
    if (!waiting.isEmpty()) {
      throw new IOException(
          "Slurm's controller does not answer, so that %,d trials are not queued; try it later"
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
