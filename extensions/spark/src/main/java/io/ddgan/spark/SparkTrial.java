package io.ddgan.spark;

import io.ddgan.api.TrialLauncher.Handle;
import io.ddgan.spark.DriverSession.TaskEnd;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;

/** A trial that is a task of Spark. */
final class SparkTrial implements Handle {

  private final DriverSession session;
  private final String name;

  SparkTrial(DriverSession session, String name) {
    this.session = session;
    this.name = name;
  }

  @Override
  public boolean isRunning() throws IOException {
    return session.ending(name).isEmpty();
  }

  @Override
  public OptionalInt exitCode() throws IOException {
    return session
        .ending(name)
        .flatMap(TaskEnd::code)
        .map(OptionalInt::of)
        .orElse(OptionalInt.empty());
  }

  @Override
  public Optional<String> reason() throws IOException {
    return session.ending(name).flatMap(TaskEnd::reason);
  }

  @Override
  public void stop() {
    session.stop(name);
  }

  /** One that still runs saves and ends as the session is closed. */
  @Override
  public void close() {}
}
