package io.ddgan.slurm;

import io.ddgan.api.TrialLauncher.Handle;
import io.ddgan.slurm.ArrayFolder.Task;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;

/** A trial that is, or is about to be, a task of an array. */
final class QueuedTrial implements Handle {

  private final SlurmSession session;
  private Optional<Task> task;
  private boolean withdrawn;

  QueuedTrial(SlurmSession session, Optional<Task> task) {
    this.session = session;
    this.task = task;
  }

  /** Says that it is in the queue. */
  void queued(Task place) {
    task = Optional.of(place);
  }

  @Override
  public boolean isRunning() throws IOException {
    return !withdrawn && state() == TaskState.ACTIVE;
  }

  private TaskState state() throws IOException {
    session.submit();
    return task.isPresent() ? session.state(task.get()) : TaskState.ACTIVE;
  }

  @Override
  public OptionalInt exitCode() throws IOException {
    return withdrawn || task.isEmpty() ? OptionalInt.empty() : session.exitCode(task.get());
  }

  @Override
  public Optional<String> reason() throws IOException {
    return withdrawn ? Optional.empty() : state().reason();
  }

  @Override
  public void stop() throws IOException {
    if (task.isPresent()) {
      session.cancel(task.get());
    } else {
      withdrawn = true;
      session.withdraw(this);
    }
  }

  /** One that still runs saves and ends when it can; the next sweep follows it until then. */
  @Override
  public void close() {
    try {
      if (isRunning()) {
        stop();
      }
    } catch (IOException e) {
      // the controller does not answer: the trial goes on, and the next sweep finds it
    }
  }
}
