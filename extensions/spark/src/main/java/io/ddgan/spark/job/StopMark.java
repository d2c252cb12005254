package io.ddgan.spark.job;

import java.io.IOException;

/**
 * A file by which a trial that runs on an executor hears that it is to save and end. Spark itself
 * counts a task as ended as soon as it is cancelled.
 *
 * @param store where the file is
 * @param trial its name
 */
record StopMark(Store store, String trial) {

  /** Holds all of them. */
  static final String FOLDER = ".stop";

  private String file() {
    return FOLDER + "/" + trial;
  }

  boolean isSet() throws IOException {
    return store.exists(file());
  }

  void set() throws IOException {
    store.write(file()).close();
  }

  void clear() throws IOException {
    store.delete(file());
  }
}
