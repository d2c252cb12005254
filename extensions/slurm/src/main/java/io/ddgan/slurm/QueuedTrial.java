package io.ddgan.slurm;

import io.ddgan.api.TrialLauncher.Handle;
import io.ddgan.slurm.ArrayFolders.Task;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;

/** A trial that is, or is about to be, a task of an array. */
final class QueuedTrial implements Handle {

  private final SlurmSession session;
  private Optional<Task> task;
  private boolean isWithdrawn;

  QueuedTrial(SlurmSession session, Optional<Task> task) {
    this.session = session;
    this.task = task;
  }

  /** Says that it is in the queue. */
  void queued(Task place) {
    task = Optional.of(place);
  }

  /** Says that it will not be. */
  void withdrawn() {
    isWithdrawn = true;
  }

  @Override
  public boolean isRunning() throws IOException {
    session.submit();
    return !isWithdrawn && (task.isEmpty() || session.state(task.get()) == TaskState.ACTIVE);
  }

  @Override
  public OptionalInt exitCode() throws IOException {
    return task.isPresent() ? session.exitCode(task.get()) : OptionalInt.empty();
  }

  @Override
  public Optional<String> reason() throws IOException {
    return task.isPresent() ? session.state(task.get()).reason() : Optional.empty();
  }

  @Override
  public void stop() {
    if (task.isPresent()) {
      session.cancel(task.get());
    } else {
      session.withdraw(this);
    }
  }

  /** One that still runs saves and ends when it can; the next sweep follows it until then. */
  @Override
  public void close() {
    stop();
  }
}
