package io.ddgan.api;

/** Is notified of the progress of long work, in the thread that does it. */
@FunctionalInterface
public interface ProgressListener {

  /**
   * {@code done} of {@code total} are done of {@code what}, such as {@code generated examples};
   * those of an earlier process count.
   */
  void onProgress(String what, int done, int total);

  /** Something begins that users should know of: a sentence without a full stop. */
  default void onMessage(String sentence) {}
}
