package io.ddgan.api;

import com.typesafe.config.Config;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a {@link Command} may use of the framework that runs it. */
public interface CommandContext {

  /** Takes results. */
  PrintWriter out();

  /** Takes what is not a result, such as progress and warnings. */
  PrintWriter err();

  /**
   * The folder for files that take long to make and can be made again; it need not exist yet. A
   * command writes into a folder of its own in there.
   */
  Path cache();

  /**
   * Loads what a run has trained: the averaged generator of its latest checkpoint.
   *
   * @param run a run's folder, or the name of a model that comes with ddgan
   * @param batch examples that are computed at a time; as in training if empty
   * @throws IOException if it is not a run, has no checkpoint or is damaged; the message says what
   *     to do
   */
  Model model(Path run, Optional<Integer> batch) throws IOException;

  /**
   * The configuration that a run was trained with, of which {@link #read(Class, Config)} takes
   * parts, such as {@code configuration(run).withOnlyPath("data")}.
   *
   * @param run a run's folder, or the name of a model that comes with ddgan
   * @throws IOException if it is not a run, or cannot be read; the message says what to do
   */
  Config configuration(Path run) throws IOException;

  /**
   * The runs in a folder, which may be a run itself, a sweep, or hold any of them. They may be
   * training.
   *
   * @return the runs in the order of their names
   * @throws IOException if the folder is missing or cannot be read; the message names it
   */
  List<RunSummary> runs(Path folder) throws IOException;

  /**
   * Reads arguments into a record: {@code record Preview(Dataset data, int count) {}} takes {@code
   * data.type=fashion-mnist count=8}. Its components may be whatever a plug-in's keys may be,
   * components of all plug-ins among them; keys that the record does not have are errors.
   *
   * @param overrides each {@code key=value}, with the value in HOCON; later ones win
   * @throws io.ddgan.config.ConfigurationException if anything is wrong; it names every problem
   */
  <R extends Record> R read(Class<R> type, List<String> overrides);

  /**
   * Reads a configuration into a record, such as a part of that of a run.
   *
   * @throws io.ddgan.config.ConfigurationException if anything is wrong; it names every problem
   */
  <R extends Record> R read(Class<R> type, Config configuration);
}
