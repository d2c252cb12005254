package io.ddgan.train.run;

import io.ddgan.internal.file.AtomicFile;
import io.ddgan.internal.file.FileErrors;
import io.ddgan.internal.file.Folders;
import io.ddgan.internal.file.LockFile;
import io.ddgan.train.run.RunProgress.RunState;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;
import org.apache.commons.io.function.IORunnable;

/**
 * The folder that holds everything about a run. It is a run's folder from the moment that it
 * contains {@code experiment.conf}.
 */
public record RunFolder(Path root) {

  private static final String LOCK = ".lock";

  /** Is there while a run is created: what a process that was killed then has left is in no way. */
  private static final String BEGINNING = ".beginning";

  /** The resolved configuration. */
  public Path experiment() {
    return root.resolve("experiment.conf");
  }

  /** Where the run comes from; see {@link Provenance}. */
  public Path provenance() {
    return root.resolve("provenance.json");
  }

  /** What was measured at each step; see {@link MetricsCsv}. */
  public Path metrics() {
    return root.resolve("metrics.csv");
  }

  /** How far the training is; see {@link RunProgress}. */
  public Path progress() {
    return root.resolve("progress.json");
  }

  /** What was logged. */
  public Path log() {
    return root.resolve("log.txt");
  }

  /** Folder of the pictures made while training. */
  public Path samples() {
    return root.resolve("samples");
  }

  /** Folder of the checkpoints; see {@link io.ddgan.train.checkpoint.CheckpointStore}. */
  public Path checkpoints() {
    return root.resolve("checkpoints");
  }

  /** Folder of the best checkpoint, in a run that looks for it. */
  public Path best() {
    return root.resolve("best");
  }

  /** Picture of what was measured at each checkpoint. */
  public Path evaluationPlot() {
    return root.resolve("evaluation.svg");
  }

  /** Whether a path is, or lies in, one of those above. */
  public boolean isOwn(Path path) {
    return Stream.of(
            experiment(),
            provenance(),
            metrics(),
            progress(),
            log(),
            samples(),
            checkpoints(),
            best(),
            evaluationPlot())
        .anyMatch(path::startsWith);
  }

  /** Whether a run was created here. */
  public boolean isRun() {
    return Files.isRegularFile(experiment());
  }

  /**
   * Makes the folder and locks it for a new run. Only when all is written it becomes a run.
   *
   * @param experiment the resolved configuration, which is saved last
   * @param beginning writes the rest of what a run has from its first moment on; if it fails, what
   *     it has written is removed
   * @throws IOException if the folder is a run already, holds anything else, is locked by another
   *     process or cannot be written, where the message says what to do; or if the beginning throws
   *     it
   */
  public LockFile create(String experiment, IORunnable beginning) throws IOException {
    requireFree();
    Folders.make(root);
    LockFile lock = lock();
    try {
      requireFree(); // another process may have been quicker
      clear();
      Path mark = root.resolve(BEGINNING);
      try {
        Files.write(mark, new byte[0]);
        beginning.run();
        AtomicFile.write(experiment(), experiment);
      } catch (IOException | RuntimeException e) {
        clear();
        throw e;
      }
      Files.delete(mark);
      return lock;
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** Removes everything but the lock, and last what says that it may be removed. */
  private void clear() throws IOException {
    Path mark = root.resolve(BEGINNING);
    try (DirectoryStream<Path> content = Files.newDirectoryStream(root)) {
      for (Path path : content) {
        if (!Set.of(root.resolve(LOCK), mark).contains(path)) {
          PathUtils.delete(path);
        }
      }
    }
    Files.deleteIfExists(mark);
  }

  /** Locks the folder of a run to go on with it. */
  public LockFile resume() throws IOException {
    requireRun();
    LockFile lock = lock();
    try {
      Files.deleteIfExists(root.resolve(BEGINNING)); // it has begun
    } catch (IOException e) {
      lock.close();
      throw FileErrors.writing(root, e);
    }
    return lock;
  }

  private LockFile lock() throws IOException {
    return LockFile.take(root.resolve(LOCK), "the run " + root, "--run");
  }

  /** Whether a process has locked the folder, now. */
  public boolean isInUse() {
    return LockFile.isHeld(root.resolve(LOCK));
  }

  /** Checks that the folder is a run. */
  public void requireRun() throws IOException {
    if (!isRun()) {
      throw new IOException(
          root
              + (Files.exists(root)
                  ? " is not a run: it has no " + experiment().getFileName()
                  : " does not exist")
              + "; start a run with train, or name the folder of one");
    }
  }

  /** Checks that a run in which this process works was not removed behind its back. */
  public void requireStillThere() throws IOException {
    if (!isRun()) {
      throw new IOException(
          "the folder of the run %s was removed or renamed while it was trained; what was done since its last checkpoint is lost"
              .formatted(root));
    }
  }

  /** Whether a run has failed before its first step was done, and has nothing worth keeping. */
  private boolean hasFailedAtOnce() throws IOException {
    boolean isFailed =
        RunProgress.read(progress())
            .filter(last -> last.state() == RunState.FAILED && last.step() == 0)
            .isPresent();
    if (!isFailed || Files.exists(checkpoints())) {
      return false;
    }
    try (Stream<Path> entries = Files.list(root)) {
      return entries.allMatch(entry -> isOwn(entry) || entry.equals(root.resolve(LOCK)));
    } catch (FileSystemException e) {
      throw FileErrors.reading(root, e);
    }
  }

  /**
   * Checks that nothing is in the way of a new run. One that has failed before its first step is
   * not.
   */
  public void requireFree() throws IOException {
    if (isRun() && !hasFailedAtOnce()) {
      throw new IOException(
          "the run "
              + root
              + " exists already; continue it with --resume, or choose another folder with --run");
    }
    if (Files.isDirectory(root) && !isRun() && !Files.exists(root.resolve(BEGINNING))) {
      try (Stream<Path> entries = Files.list(root)) {
        if (!entries.allMatch(root.resolve(LOCK)::equals)) {
          throw new IOException(
              root + " is neither empty nor a run; choose another folder with --run");
        }
      } catch (FileSystemException e) {
        throw FileErrors.reading(root, e);
      }
    }
  }
}
