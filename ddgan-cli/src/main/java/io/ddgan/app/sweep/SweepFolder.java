package io.ddgan.app.sweep;

import com.typesafe.config.Config;
import io.ddgan.api.ProcessLauncher;
import io.ddgan.api.RefusedException;
import io.ddgan.internal.config.Hocon;
import io.ddgan.internal.file.AtomicFile;
import io.ddgan.internal.file.FileErrors;
import io.ddgan.internal.file.Folders;
import io.ddgan.internal.file.LockFile;
import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The folder of a sweep, marked by its file {@code sweep.conf}. */
public record SweepFolder(Path root) {

  /** Returns the copy of the sweep file, resolved. */
  public Path file() {
    return root.resolve("sweep.conf");
  }

  /** Returns the table of trials; see {@link SweepResults}. */
  public Path results() {
    return root.resolve("results.csv");
  }

  /** Returns the table of configurations over their seeds; see {@link SweepResults}. */
  public Path summary() {
    return root.resolve("summary.csv");
  }

  /** Returns the run of a trial. */
  public RunFolder run(String trial) {
    return new RunFolder(root.resolve("runs").resolve(trial));
  }

  /** Returns the file with the {@link TrialList}. */
  Path list() {
    return root.resolve("trials").resolve("plan.json");
  }

  /** Returns the file with a trial's configuration. */
  public Path configuration(String trial) {
    return root.resolve("trials").resolve(trial + ".conf");
  }

  /** Returns the file with a {@link TrialStatus}. */
  Path status(String trial) {
    return root.resolve("trials").resolve(trial + ".json");
  }

  /** Returns the file with the output of a trial's process. */
  Path log(String trial) {
    return root.resolve("trials").resolve(trial + ".log");
  }

  /** Returns the launcher's folder; it is kept after the sweep if trials outlive it. */
  public Path files(ProcessLauncher launcher) {
    return root.resolve(launcher.supportsDetach() ? "launched" : "program");
  }

  /** Returns whether this is a sweep. */
  public boolean isSweep() {
    return Files.isRegularFile(file());
  }

  /**
   * Makes the folder, locks it and stores the sweep file.
   *
   * @param resume true if the folder must be a sweep; false if it must be empty or missing
   * @throws IOException otherwise, or if another process uses the folder, or it is not writable
   */
  public LockFile open(Config file, boolean resume) throws IOException {
    requireRoom(resume);
    Folders.make(root);
    LockFile lock = LockFile.take(lockFile(), "the sweep " + root, "--out");
    try {
      AtomicFile.write(file(), Hocon.render(file));
      return lock;
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** Checks that the folder is a sweep to resume, or empty or missing for a new one. */
  public void requireRoom(boolean resume) throws IOException {
    if (resume && !isSweep()) {
      throw new IOException("no sweep in %s; start it without --resume".formatted(root));
    }
    if (!resume && isSweep()) {
      throw new IOException(
          "the sweep %s exists; resume it with --resume, or choose another folder with --out"
              .formatted(root));
    }
    if (!isSweep() && !isEmpty()) {
      throw new IOException(
          "%s is not empty and is not a sweep; choose another folder with --out".formatted(root));
    }
  }

  private boolean isEmpty() throws IOException {
    if (!Files.exists(root)) {
      return true;
    }
    try (var entries = Files.list(root)) {
      // desktops add hidden files to folders
      return entries.allMatch(file -> file.getFileName().toString().startsWith("."));
    } catch (IOException e) {
      throw FileErrors.reading(root, e);
    }
  }

  /**
   * Checks that the folder has no trials, or at least one of the given ones.
   *
   * @throws RefusedException if all its trials are of another sweep, whose tables would be lost
   */
  public void requireOwnTrials(List<Trial> trials) throws IOException {
    if (Files.exists(list())
        && Collections.disjoint(plan().names(), trials.stream().map(Trial::name).toList())) {
      throw new RefusedException(
          "%s has runs of another sweep and none of this one; choose another folder with --out"
              .formatted(root));
    }
  }

  /** Returns whether the sweep file has changed since the sweep was planned or started. */
  public boolean hasChanged(Config file) throws IOException {
    requireSweep();
    return !Hocon.file(file()).equals(file);
  }

  /** Returns a sentence about the trials that left the sweep and those that are new, if any. */
  public Optional<String> changes(List<Trial> trials) {
    try {
      TrialList now = TrialList.of(trials);
      TrialList before = Files.exists(list()) ? plan() : now;
      String text = "since %s was planned, its trials have changed: %s; all runs are kept";
      return Optional.of(text.formatted(root, now.since(before)))
          .filter(sentence -> !now.names().equals(before.names()));
    } catch (IOException e) {
      return Optional.of(e.getMessage());
    }
  }

  /** Checks that this is a sweep. */
  public void requireSweep() throws IOException {
    if (!isSweep()) {
      throw new IOException("no sweep in %s; plan it first with --plan".formatted(root));
    }
  }

  /** Reads the list of trials, without the sweep file. */
  TrialList plan() throws IOException {
    requireSweep();
    return TrialList.read(list());
  }

  /** Returns the runs of the trials, in the order of the sweep. */
  public List<TrialList.Entry> trials() throws IOException {
    return plan().trials();
  }

  /** Returns whether a process is running the sweep. */
  public boolean isInUse() {
    return LockFile.isHeld(lockFile());
  }

  private Path lockFile() {
    return root.resolve(".lock");
  }
}
