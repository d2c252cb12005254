package io.ddgan.api;

/** Is notified of the progress of long work, in the working thread. */
@FunctionalInterface
public interface ProgressListener {

  /**
   * {@code done} of {@code total} {@code what}, such as {@code generated examples}, are done,
   * including those of an earlier process.
   */
  void onProgress(String what, int done, int total);

  /** A notice for users: a sentence without a full stop. */
  default void onMessage(String sentence) {}
}
