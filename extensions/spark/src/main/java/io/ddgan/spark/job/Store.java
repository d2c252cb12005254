package io.ddgan.spark.job;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * Files visible to all machines. Nothing is renamed, as object stores cannot do that atomically.
 * Names are separated by slashes; the root has the empty name.
 */
interface Store extends Closeable {

  /**
   * Folder with a file for each trial that is to stop. Spark itself considers a task ended as soon
   * as it is cancelled.
   */
  String STOPS = ".stop";

  /** Returns the names in a folder; empty if there is no such folder. */
  List<String> names(String folder) throws IOException;

  /** Opens a file; empty if there is none. */
  Optional<InputStream> read(String name) throws IOException;

  /** Opens a new file, visible to others at the latest once closed. */
  OutputStream write(String name) throws IOException;

  /** Removes a file or a folder, if it exists. */
  void delete(String name) throws IOException;

  /** Returns whether a trial is to save and end. */
  default boolean isStopped(String trial) throws IOException {
    return names(STOPS).contains(trial);
  }

  /** Sets whether a trial is to save and end. */
  default void setStopped(String trial, boolean isStopped) throws IOException {
    String name = STOPS + "/" + trial;
    if (isStopped) {
      write(name).close();
    } else {
      delete(name);
    }
  }
}
