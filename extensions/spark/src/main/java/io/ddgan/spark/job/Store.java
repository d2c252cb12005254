package io.ddgan.spark.job;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * Files that all machines see. Nothing is renamed, since object stores cannot do that atomically;
 * names have slashes between their parts, and the whole folder has the empty name.
 */
interface Store extends Closeable {

  /**
   * Holds a file for each trial that is to save and end. Spark itself counts a task as ended as
   * soon as it is cancelled.
   */
  String STOPS = ".stop";

  /** The last parts of the names in a folder; none if there is no such folder. */
  List<String> names(String folder) throws IOException;

  /** Opens a file; empty if there is none. */
  Optional<InputStream> read(String name) throws IOException;

  /** Opens a new file, which others may see only when it is closed. */
  OutputStream write(String name) throws IOException;

  /** Removes a file or a folder, if it is there. */
  void delete(String name) throws IOException;

  /** Whether a trial is to save and end. */
  default boolean isStopped(String trial) throws IOException {
    return names(STOPS).contains(trial);
  }

  /** Says whether a trial is to save and end. */
  default void setStopped(String trial, boolean isStopped) throws IOException {
    String name = STOPS + "/" + trial;
    if (isStopped) {
      write(name).close();
    } else {
      delete(name);
    }
  }
}
