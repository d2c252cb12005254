package io.ddgan.api;

import com.typesafe.config.Config;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Services of the framework for a {@link Command}. */
public interface CommandContext {

  /** Standard output, for results. */
  PrintWriter out();

  /** Standard error, for progress and warnings. */
  PrintWriter err();

  /**
   * The cache folder, which may not exist yet. A command writes into a subfolder with a name that
   * no other plug-in uses.
   */
  Path cache();

  /**
   * Loads the averaged generator of a run's latest checkpoint.
   *
   * @param run a run's folder, or the name of a bundled model
   * @param batch number of examples computed at a time; as in training if empty
   * @throws IOException if it is not a run, has no checkpoint or is damaged
   */
  Model model(Path run, Optional<Integer> batch) throws IOException;

  /**
   * The configuration that a run or a bundled model was trained with; {@link #read(Class, Config)}
   * takes parts of it, such as {@code configuration(run).withOnlyPath("data")}.
   */
  Config configuration(Path run) throws IOException;

  /**
   * Returns the runs in a folder by name, including runs in training. The folder may be a run, a
   * sweep, or contain them.
   */
  List<RunStatus> runs(Path folder) throws IOException;

  /**
   * Reads arguments, each {@code key=value} in HOCON, into a record: {@code record Preview(Dataset
   * data, int count) {}} takes {@code data.type=fashion-mnist count=8}. Later arguments win.
   *
   * @throws io.ddgan.config.ConfigurationException if anything is wrong; lists every problem
   */
  <R extends Record> R read(Class<R> type, List<String> overrides);

  /** Reads a configuration, such as a part of a run's, into a record. */
  <R extends Record> R read(Class<R> type, Config configuration);
}
