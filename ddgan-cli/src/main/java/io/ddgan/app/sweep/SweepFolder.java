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

/** The folder of a sweep. It is one from the moment that it contains {@code sweep.conf}. */
public record SweepFolder(Path root) {

  /** The sweep's file, resolved. */
  public Path file() {
    return root.resolve("sweep.conf");
  }

  /** What came out of each trial; see {@link SweepResults}. */
  public Path results() {
    return root.resolve("results.csv");
  }

  /** What came out of each configuration, over its seeds; see {@link SweepResults}. */
  public Path summary() {
    return root.resolve("summary.csv");
  }

  /** The run of a trial. */
  public RunFolder run(String trial) {
    return new RunFolder(root.resolve("runs").resolve(trial));
  }

  /** The trials that the tables are about; see {@link TrialList}. */
  Path list() {
    return root.resolve("trials").resolve("plan.json");
  }

  /** A trial's configuration. */
  public Path configuration(String trial) {
    return root.resolve("trials").resolve(trial + ".conf");
  }

  /** How far a trial is; see {@link TrialStatus}. */
  Path status(String trial) {
    return root.resolve("trials").resolve(trial + ".json");
  }

  /** What a trial's process has printed. */
  Path log(String trial) {
    return root.resolve("trials").resolve(trial + ".log");
  }

  /** Files of the launcher: what it needs while the sweep runs, or remembers after that. */
  public Path files(ProcessLauncher launcher) {
    return root.resolve(launcher.supportsDetach() ? "launched" : "program");
  }

  /** Whether a sweep was begun here. */
  public boolean isSweep() {
    return Files.isRegularFile(file());
  }

  /**
   * Makes the folder, locks it and keeps what is swept.
   *
   * @param resume whether a sweep is to be there already, or nothing
   * @throws IOException if it is not so, another process sweeps here, or the folder cannot be
   *     written; the message says what to do
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

  /** An IOException unless a sweep is here that can be resumed, or else nothing, or no folder. */
  public void requireRoom(boolean resume) throws IOException {
    if (resume && !isSweep()) {
      throw new IOException("there is no sweep in %s; start it without --resume".formatted(root));
    }
    if (!resume && isSweep()) {
      throw new IOException(
          "the sweep %s exists; resume it with --resume, or choose another folder with --out"
              .formatted(root));
    }
    if (!isSweep() && !isEmpty()) {
      throw new IOException(
          "%s is neither empty nor a sweep; choose another folder with --out".formatted(root));
    }
  }

  private boolean isEmpty() throws IOException {
    if (!Files.exists(root)) {
      return true;
    }
    try (var entries = Files.list(root)) {
      // hidden files may be of a system that shows folders
      return entries.allMatch(file -> file.getFileName().toString().startsWith("."));
    } catch (IOException e) {
      throw FileErrors.reading(root, e);
    }
  }

  /**
   * Checks that the trials that are here, if any, are not all of another sweep.
   *
   * @throws RefusedException if they are; the sweep's tables would lose them
   */
  public void requireOwnTrials(List<Trial> trials) throws IOException {
    if (Files.exists(list())
        && Collections.disjoint(names(), trials.stream().map(Trial::name).toList())) {
      throw new RefusedException(
          "%s holds another sweep, with none of these trials; choose another folder with --out"
              .formatted(root));
    }
  }

  /**
   * Checks that a sweep's file says what it said when the sweep was planned or begun.
   *
   * @throws RefusedException if it does not
   */
  public void requireUnchanged(Config file) throws IOException {
    requireSweep();
    if (!Hocon.file(file()).equals(file)) {
      throw new RefusedException(
          "the file has changed since the sweep %s was planned; plan it again with --plan --resume"
              .formatted(root));
    }
  }

  /** Checks that there is a sweep. */
  public void requireSweep() throws IOException {
    if (!isSweep()) {
      throw new IOException("there is no sweep in %s; plan it first with --plan".formatted(root));
    }
  }

  /** The trials as they were written down, when there need be no file of the sweep any more. */
  TrialList plan() throws IOException {
    requireSweep();
    return TrialList.read(list());
  }

  /** The trials, in the order of the sweep. */
  public List<TrialList.Entry> trials() throws IOException {
    return plan().trials();
  }

  /** Their names. */
  List<String> names() throws IOException {
    return trials().stream().map(TrialList.Entry::name).toList();
  }

  /** Whether a process sweeps here. */
  public boolean isInUse() {
    return LockFile.isHeld(lockFile());
  }

  private Path lockFile() {
    return root.resolve(".lock");
  }
}
