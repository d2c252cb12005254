package io.ddgan.cli.training;

import io.ddgan.cli.training.Start.Training;
import io.ddgan.config.ConfigurationException;
import io.ddgan.config.Problem;
import io.ddgan.file.AtomicFile;
import io.ddgan.file.LockFile;
import io.ddgan.train.checkpoint.CheckpointStore;
import io.ddgan.train.run.Provenance;
import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/**
 * A run goes on from its latest checkpoint.
 *
 * @param formerLength the number of steps that it was to have until now, if it is another one
 */
public record Resumption(Optional<Long> formerLength) implements Start {

  /** A run whose length stays as it is. */
  public Resumption() {
    this(Optional.empty());
  }

  @Override
  public LockFile enter(RunFolder folder, Training training) throws IOException {
    LockFile lock = folder.resume();
    try {
      record(folder, training);
      return lock;
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** Notes where the coming steps are done, if there are any and it is somewhere else. */
  private void record(RunFolder folder, Training training) throws IOException {
    CheckpointStore checkpoints = new CheckpointStore(folder.checkpoints(), 1);
    long done = checkpoints.latest().orElse(0);
    long iterations = training.experiment().training().iterations();
    if (done > iterations) {
      checkpoints.load(done); // throws if it only has the name of one
      throw new ConfigurationException(
          List.of(
              new Problem(
                  folder.experiment().toString(),
                  "training.iterations",
                  "is %,d, but the run has done %,d steps; set it to what it was"
                      .formatted(iterations, done))));
    }
    boolean isRecorded = Files.exists(folder.provenance());
    Provenance before = isRecorded ? Provenance.read(folder.provenance()) : training.origin();
    Provenance now = before.trainedFrom(done, training.here());
    if (done >= iterations) {
      return;
    }
    if (formerLength.isPresent()) {
      now = now.ofLength(training.origin(), done, formerLength.get(), iterations);
    }
    if (!now.equals(before)) {
      now.write(folder.provenance());
    }
    // Last: a process that is killed before it notes the same again when it is called again.
    if (formerLength.isPresent()) {
      byte[] text = training.text().getBytes(StandardCharsets.UTF_8);
      AtomicFile.write(folder.experiment(), out -> out.write(text));
    }
  }
}
