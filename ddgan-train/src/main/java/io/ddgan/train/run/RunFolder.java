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

/** The folder of a run. A folder is a run if it contains {@code experiment.conf}. */
public record RunFolder(Path root) {

  private static final String LOCK = ".lock";

  /** Marks a run that is being created. Its folder may be cleared if the process was killed. */
  private static final String BEGINNING = ".beginning";

  /** Returns the file of the resolved configuration. */
  public Path experiment() {
    return root.resolve("experiment.conf");
  }

  /** Returns the file of the {@link Provenance}. */
  public Path provenance() {
    return root.resolve("provenance.json");
  }

  /** Returns the file of the metrics; see {@link MetricsCsv}. */
  public Path metrics() {
    return root.resolve("metrics.csv");
  }

  /** Returns the file of the {@link RunProgress}. */
  public Path progress() {
    return root.resolve("progress.json");
  }

  /** Returns the file of a user's notes, on which no result depends. */
  public Path notes() {
    return root.resolve("notes.txt");
  }

  /** Returns the log file. */
  public Path log() {
    return root.resolve("log.txt");
  }

  /** Returns the folder of the sample grids. */
  public Path samples() {
    return root.resolve("samples");
  }

  /**
   * Returns the folder of the checkpoints; see {@link io.ddgan.train.checkpoint.CheckpointStore}.
   */
  public Path checkpoints() {
    return root.resolve("checkpoints");
  }

  /** Returns the folder of the best checkpoint, if the run keeps one. */
  public Path best() {
    return root.resolve("best");
  }

  /** Returns the plot of the evaluations. */
  public Path evaluationPlot() {
    return root.resolve("evaluation.svg");
  }

  /** Returns whether a path is one of those above or inside of one. */
  public boolean isOwn(Path path) {
    return Stream.of(
            experiment(),
            provenance(),
            metrics(),
            progress(),
            notes(),
            log(),
            samples(),
            checkpoints(),
            best(),
            evaluationPlot())
        .anyMatch(path::startsWith);
  }

  /** Returns whether the folder is a run. */
  public boolean isRun() {
    return Files.isRegularFile(experiment());
  }

  /**
   * Creates and locks the folder of a new run. It becomes a run once everything is written.
   *
   * @param experiment the resolved configuration, saved last
   * @param beginning writes the other initial files; if it fails, they are removed
   * @throws IOException if the folder is a run, is not empty, is locked by another process or
   *     cannot be written; or if {@code beginning} throws it
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

  /** Removes everything but the lock, and the mark last. */
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

  /** Locks the folder of a run to resume it. */
  public LockFile resume() throws IOException {
    requireRun();
    LockFile lock = lock();
    try {
      Files.deleteIfExists(root.resolve(BEGINNING)); // it is complete
    } catch (IOException e) {
      lock.close();
      throw FileErrors.writing(root, e);
    }
    return lock;
  }

  /**
   * Deletes a run. If this process is killed meanwhile, a new run can be created in the folder.
   *
   * @throws IOException if it is in use, may be no run, or contains another
   */
  public void delete() throws IOException {
    LockFile lock = resume();
    try (lock;
        Stream<Path> all = Files.walk(root)) {
      boolean isAlone = all.filter(path -> path.endsWith(experiment().getFileName())).count() == 1;
      if (!isAlone || !Files.exists(provenance())) {
        throw new IOException(
            root + " has no provenance.json or contains a run; delete it by hand");
      }
      Files.write(root.resolve(BEGINNING), new byte[0]);
      Files.delete(experiment());
      clear();
    }
    Files.delete(root.resolve(LOCK));
    Files.delete(root); // fails if another process has just created a run here
  }

  private LockFile lock() throws IOException {
    return LockFile.take(root.resolve(LOCK), "the run " + root, "--run");
  }

  /** Returns whether a process has locked the folder. */
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

  /** Checks that the folder of a run in training was not removed. */
  public void requireStillThere() throws IOException {
    if (!isRun()) {
      throw new IOException(
          "the folder of the run %s was removed or renamed during training; the steps since its last checkpoint are lost"
              .formatted(root));
    }
  }

  /** Returns whether a run failed before its first step and has nothing worth keeping. */
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
   * Checks that a new run can be created here. A run that failed before its first step is replaced.
   */
  public void requireFree() throws IOException {
    if (isRun() && !hasFailedAtOnce()) {
      throw new IOException(
          "the run "
              + root
              + " already exists; resume it with --resume, or choose another folder with --run");
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
